// The report that gradus writes, as a browser prints it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { openPage } from "./support/browser.mjs";
import { binary, temporaryDirectory } from "./support/gradus.mjs";

test("a printed report has nothing beyond the edge of the paper", async (t) => {
  const file = join(temporaryDirectory(t), "report.html");
  const options = ["--pace", "none", "--examples", "30000", "--listen", "127.0.0.1:0"];
  const demo = spawnSync(binary, ["demo", ...options, "--report", file], { encoding: "utf8" });
  assert.equal(demo.status, 0, demo.stderr);
  // A4 without its margins of 14 mm, at 96 pixels an inch.
  const width = Math.floor(((210 - 2 * 14) / 25.4) * 96);
  const page = await openPage(t, `file://${file}`, { viewport: { width, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  // As after a billion examples.
  await page.evaluate(() => {
    for (const cell of document.querySelectorAll("td.n")) {
      if (/^[\d,]+$/.test(cell.textContent)) cell.textContent = "1,234,567,890";
    }
  });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
});
