// gradus is ended and started again under an open page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open_page, points_drawn, until } from "./support/browser.mjs";
import { start_gradus, temporary_directory } from "./support/gradus.mjs";

test("the page waits for a restart, then goes on with the whole curve", async (t) => {
  const options = ["--pace", "none", "--seed", "1", "--data", temporary_directory(t)];
  const first = await start_gradus(t, options);
  const page = await open_page(t, first.url);
  const link = (state) => page.locator(`.link[data-link=${state}]`);
  await link("live").waitFor();
  await until("a curve", async () => (await points_drawn(page, "copy")) > 20);
  await first.stop();
  await page.locator(".link[data-link=lost], .link[data-link=ended]").waitFor();
  const before = await points_drawn(page, "copy");
  await page.locator("#page[data-stale]").waitFor();
  assert.match(await page.locator(".link").innerText(), /; figures of \d\d:\d\d:\d\d$/);

  await start_gradus(t, options, first.host);
  await link("live").waitFor();
  await page.locator("#page:not([data-stale])").waitFor();
  await page.locator(".run", { hasText: "attempt 2" }).waitFor();
  await until("the old curve and new points", async () => (await points_drawn(page, "copy")) > before);
  const rows = await page.locator("#task-copy .plot").getAttribute("aria-label");
  assert.match(rows, /q from 0\.0/, "it still begins where the first attempt began");
});
