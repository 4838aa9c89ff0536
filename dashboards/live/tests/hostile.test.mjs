// Names and texts from outside are shown as they are, never run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, until } from "./support/browser.mjs";
import { startGradus } from "./support/gradus.mjs";

const hostile = '<img src=x onerror="window.harmed=1"></script><script>window.harmed=1</script>';

function withHostileTexts(progress) {
  const step = progress.step;
  return {
    ...progress,
    run: hostile,
    headline: hostile,
    task_titles: Object.fromEntries(progress.tasks.map(({ task }) => [task, hostile])),
    tier_titles: Object.fromEntries(progress.tiers.map(({ tier }) => [tier, hostile])),
    annotations: [{ id: 1, step, time: 1, text: hostile, rearm: false }],
    stream: { ...progress.stream, rejected: { [hostile]: 3 } },
  };
}

test("texts from outside never become markup", async (t) => {
  const { url } = await startGradus(t, ["--pace", "none", "--seed", "1"]);
  const ask = async () => (await fetch(`${url}/api/v1/progress`)).json();
  await until("a first probe", async () => (await ask()).tasks.length > 0);
  const progress = withHostileTexts(await ask());
  const items = [{ question: hostile, answer: hostile, given: hostile, exact: false, q: 0.1 }];
  const page = await openPage(t, "about:blank");
  await page.route("**/api/v1/events", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      body: `event: progress\ndata: ${JSON.stringify(progress)}\n\n`,
    }),
  );
  await page.route("**/api/v1/items?*", (route) =>
    route.fulfill({ json: { task: "copy", step: 1, best_step: 1, items } }),
  );
  // Without the embedded report, all that is shown comes from the event.
  await page.route(`${url}/`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/(id="gradus-progress">)[^<]*/, "$1null");
    await route.fulfill({ response: answer, body });
  });
  await page.goto(url);
  await page.locator("h1", { hasText: hostile }).waitFor();
  await page.locator("#task-copy").getByRole("button").click();
  await page.locator("#detail-copy tbody th", { hasText: hostile }).waitFor();
  assert.equal(await page.locator(".card h3").first().textContent(), hostile);
  assert.equal(await page.locator(".events b").first().textContent(), hostile);
  assert.equal(await page.locator("#page img, #page script").count(), 0);
  assert.equal(await page.evaluate(() => window.harmed), undefined);
});
