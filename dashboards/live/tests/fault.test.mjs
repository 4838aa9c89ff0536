// Something breaks, and the page says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chip, open_page, until } from "./support/browser.mjs";
import { start_gradus } from "./support/gradus.mjs";

test("a chip changes after a fault, and the evidence is there", async (t) => {
  // At the demo's own pace: only a curve of many probes can be said to fall.
  const options = ["--seed", "1", "--fault", "diverge@200000"];
  const { url } = await start_gradus(t, options);
  const page = await open_page(t, url);
  // A task that was learning: of one that was mastered the upper bound may tell, without evidence in nats.
  const task = "sub1";
  const fallen = page.locator(`#task-${task}[data-verdict=regressing]`);
  await fallen.waitFor();
  assert.match(await chip(page, task).innerText(), /regressing/);
  const line = page.locator(".events li", { hasText: "→ regressing" });
  await line.first().waitFor({ state: "attached" });
  await fallen.getByRole("button").click();
  const evidence = page.locator(`#detail-${task} .rows`);
  await until("the evidence", async () =>
    /→ regressing[\s\S]*nats[\s\S]*were needed/.test(await evidence.innerText()));
  assert.match(await evidence.innerText(), /[1-9]\d* items? lost/);
});
