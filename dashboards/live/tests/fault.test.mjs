// Something breaks, and the page says so.
import { test } from "node:test";
import { openPage, until } from "./support/browser.mjs";
import { startGradus } from "./support/gradus.mjs";

test("a fault is marked, tasks fall after it, and the evidence is there", async (t) => {
  const options = ["--pace", "none", "--fault", "diverge@160000"];
  const { url } = await startGradus(t, options);
  const page = await openPage(t, url);
  page.setDefaultTimeout(300_000); // however busy the machine is
  await page
    .locator(".events li", { hasText: "fault begins: diverge" })
    .waitFor({ state: "attached" });
  // A task that was learning: of one that was mastered the upper bound may tell, without evidence in nats.
  const line = page.locator(".events li", { hasText: "learning → regressing" });
  await line.first().waitFor({ state: "attached" });
  const { tasks } = await (await fetch(new URL("api/v1/progress", url))).json();
  const { task } = tasks.find(
    (each) => each.last_change?.from === "learning" && each.verdict === "regressing",
  );
  const fallen = page.locator(`#task-${task}[data-verdict=regressing]`);
  await fallen.waitFor();
  await fallen.getByRole("button").click();
  const evidence = page.locator(`#detail-${task} .rows`);
  await until("the evidence", async () =>
    /→ regressing[\s\S]*nats[\s\S]*were needed/.test(await evidence.innerText()),
  );
});

test("a stream that falls silent is told, and where it did", async (t) => {
  const { url } = await startGradus(t, ["--pace", "none", "--fault", "silence@3000"]);
  const page = await openPage(t, url);
  page.setDefaultTimeout(300_000);
  await page.locator(".silence", { hasText: /no records for \d+ s/ }).waitFor();
  await page
    .locator(".events li", { hasText: "fault begins: silence" })
    .waitFor({ state: "attached" });
});
