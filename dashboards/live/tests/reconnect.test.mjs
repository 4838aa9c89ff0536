// gradus is ended and started again under an open page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, openPage, pointsDrawn, until } from "./support/browser.mjs";
import { startGradus, temporaryDirectory } from "./support/gradus.mjs";

test("the page waits for a restart, then continues with the whole curve", async (t) => {
  const options = ["--pace", "none", "--seed", "1", "--data", temporaryDirectory(t)];
  const first = await startGradus(t, options);
  const page = await openPage(t, first.url);
  const link = (state) => page.locator(`.link[data-link=${state}]`);
  await link("live").waitFor();
  await until("a curve", async () => (await pointsDrawn(page, "copy")) > 20);
  await first.stop();
  await link("ended").waitFor();
  const before = await pointsDrawn(page, "copy");

  await startGradus(t, options, first.host);
  await link("live").waitFor();
  await page.locator(".run", { hasText: "attempt 2" }).waitFor();
  await until(
    "the old curve and new points",
    async () => (await pointsDrawn(page, "copy")) > before,
  );
  const rows = await page.locator("#task-copy .plot").getAttribute("aria-label");
  assert.match(rows, /q from 0\.0/, "it still begins where the first attempt began");
});

test("the page of an ended run keeps its last figures, and the answers to every item", async (t) => {
  const run = await startGradus(t, [
    "--pace",
    "none",
    "--seed",
    "1",
    "--data",
    temporaryDirectory(t),
  ]);
  const page = await openPage(t, run.url);
  await until("a curve", async () => (await pointsDrawn(page, "copy")) > 20);
  await run.stop();
  await page
    .locator(".link[data-link=ended]", { hasText: /ended; figures of \d\d:\d\d:\d\d$/ })
    .waitFor();
  assert.equal(await page.locator("#page[data-stale]").count(), 0, "they are as they should be");
  const facts = await page.locator(".facts").innerText();
  assert.match(facts, /examples per second\s+stopped/, "its stream has not ended");
  assert.match(facts, /last checkpoint\s+\d\d:\d\d:\d\d/);

  await card(page, "add1").getByRole("button").click(); // never opened before
  const items = page.locator("#detail-add1 .items");
  const step = (await page.locator(".facts dd").first().innerText()).trim();
  assert.match(await items.locator(".hint").innerText(), new RegExp(`wrong at step ${step}, best`));
  assert.ok((await items.locator("tbody tr").count()) > 20);
});

test("figures look old while gradus does not answer", async (t) => {
  const first = await startGradus(t, ["--pace", "none", "--seed", "1"]);
  const page = await openPage(t, first.url);
  const link = (state) => page.locator(`.link[data-link=${state}]`);
  await link("live").waitFor();
  await first.stop("SIGKILL");
  await page.locator("#page[data-stale]").waitFor();
  assert.match(await link("lost").innerText(), /; figures of \d\d:\d\d:\d\d$/);

  await startGradus(t, ["--pace", "none", "--seed", "1"], first.host);
  await link("live").waitFor();
  await page.locator("#page:not([data-stale])").waitFor();
});
