// One Chromium for a file of tests, and pages that share nothing; what goes wrong inside a page fails its test.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { after } from "node:test";

const executable = process.env.GRADUS_CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE = 120_000; // ms; a loaded machine learns slowly

// The sandbox needs rights that containers lack; the only pages opened are our own.
const launch = () => chromium.launch({ executablePath: executable, args: ["--no-sandbox"] });
let browser;
after(async () => (await browser)?.close());

/** Opens a page; `context` are Playwright's options, such as colorScheme and viewport. */
export async function openPage(test, url, context = {}) {
  browser ??= launch();
  const scene = await (
    await browser
  ).newContext({ viewport: { width: 1280, height: 900 }, ...context });
  test.after(() => scene.close());
  const page = await scene.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  test.after(() => assert.deepEqual(errors, [], "errors in the page"));
  await page.goto(url, { waitUntil: "domcontentloaded" });
  return page;
}

export const card = (page, task) => page.locator(`#task-${task}`);
export const chip = (page, task) => card(page, task).locator(".chip");

/** How many points the chart of a task shows, as it says itself. */
export async function pointsDrawn(page, task) {
  const label = await card(page, task).locator(".plot").getAttribute("aria-label");
  return Number(/([\d,]+) points?/.exec(label ?? "")?.[1]?.replace(",", "") ?? 0);
}

/** Calls until the answer is true. */
export async function until(what, question) {
  const end = Date.now() + PATIENCE;
  while (!(await question())) {
    assert.ok(Date.now() < end, `timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Pixels of a chart that are opaque and of a colour, within a small distance. */
export function pixelsLike(page, task, variable) {
  return card(page, task)
    .locator("canvas")
    .evaluate((canvas, name) => {
      const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const want = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) {
        const near = want.every((value, c) => Math.abs(value - data[i + c]) < 24);
        found += near && data[i + 3] > 200 ? 1 : 0;
      }
      return found;
    }, variable);
}
