// The page on a real run, in a real browser.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { card, chip, openPage, pixelsLike, pointsDrawn, until } from "./support/browser.mjs";
import { Ends, startGradus } from "./support/gradus.mjs";

describe("the live page", () => {
  const ends = new Ends();
  let url;
  before(async () => {
    ({ url } = await startGradus(ends, ["--pace", "none", "--seed", "1"]));
  });
  after(() => ends.run());

  test("says how the learning stands before any event came", async (t) => {
    const page = await openPage(t, url);
    await until("a first probe", async () => {
      await page.reload();
      return (await page.locator(".card").count()) === 17;
    });
    await page.route("**/api/**", (route) => route.abort());
    await page.reload();
    const embedded = await page.locator("#gradus-progress").textContent();
    const { headline, run } = JSON.parse(embedded);
    assert.equal(await page.locator("h1").textContent(), headline);
    assert.equal(await page.locator(".run").textContent(), run);
    assert.equal(await page.locator(".tier").count(), 5);
  });

  test("draws curves, and they grow", async (t) => {
    const page = await openPage(t, url);
    await page.locator("#task-copy canvas").waitFor();
    await until("a curve", async () => (await pointsDrawn(page, "copy")) > 3);
    const before = await pointsDrawn(page, "copy");
    await until("growth", async () => (await pointsDrawn(page, "copy")) > before);
    assert.ok((await pixelsLike(page, "copy", "--dormant")) > 20, "the curve is painted");
  });

  test("draws only the charts that can be seen", async (t) => {
    const page = await openPage(t, url, { viewport: { width: 1280, height: 600 } });
    await page.locator("#task-copy canvas").waitFor();
    assert.equal(await page.locator("#task-solve canvas").count(), 0);
    await card(page, "solve").scrollIntoViewIfNeeded();
    await page.locator("#task-solve canvas").waitFor();
  });

  test("shows stream health", async (t) => {
    const page = await openPage(t, url);
    await page.locator(".link[data-link=live]").waitFor();
    const fact = (name) => page.locator(".facts > div", { hasText: name }).locator("dd");
    await until("a rate", async () =>
      /^[\d,]+$/.test(await fact("examples per second").innerText()),
    );
    assert.match(await fact("step").innerText(), /^[\d,]+$/);
    assert.equal(await fact("rejected").innerText(), "none");
  });

  test("switches to the task's own clock and to exact match", async (t) => {
    const page = await openPage(t, url);
    await until("a curve", async () => (await pointsDrawn(page, "copy")) > 3);
    const label = () => card(page, "copy").locator(".plot").getAttribute("aria-label");
    assert.match(await label(), /, q from /);
    await page.getByText("exact match", { exact: true }).click();
    await until("exact match", async () => /exact match from/.test(await label()));
    await page.getByText("own examples", { exact: true }).click();
    await card(page, "copy").locator(".u-over").hover();
    await until("the own clock", async () =>
      (await card(page, "copy").locator(".remark").innerText()).startsWith("at own step"),
    );
    await page.reload();
    assert.ok(await page.getByLabel("own examples").isChecked(), "the choice is kept");
  });

  test("shows the evidence, the facets and the items on demand", async (t) => {
    const page = await openPage(t, url);
    await card(page, "add3").getByRole("button").click();
    const detail = page.locator("#detail-add3");
    await detail.locator(".tagged").waitFor();
    assert.match(await detail.innerText(), /bottleneck/);
    assert.match(await detail.innerText(), /error rate\s+(claimed|withdrawn)/);
    await detail.locator("tbody tr").first().waitFor();
    assert.match(await detail.locator("tbody th").first().innerText(), /^\d{3}\+\d{3}=?$/);
    const marks = await detail.locator("tbody td:nth-of-type(2)").allInnerTexts();
    const firstRight = marks.findIndex((mark) => mark.startsWith("✓"));
    assert.ok(marks[0].startsWith("✗"), "wrong ones first");
    assert.ok(firstRight < 0 || marks.slice(firstRight).every((mark) => mark.startsWith("✓")));
  });

  test("works by keyboard alone", async (t) => {
    const page = await openPage(t, url);
    await until("a curve", async () => (await pointsDrawn(page, "copy")) > 3);
    const focused = () => page.evaluate(() => document.activeElement.outerHTML);
    await page.keyboard.press("Tab");
    assert.match(await focused(), /to the curves/);
    const to = async (pattern) => {
      for (let i = 0; i < 30 && !pattern.test(await focused()); ++i)
        await page.keyboard.press("Tab");
      assert.match(await focused(), pattern);
    };
    await to(/name="clock"/);
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.getByLabel("own examples").isChecked());
    await page.keyboard.press("ArrowLeft");
    await to(/aria-controls="detail-copy"/);
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement).outlineStyle,
    );
    assert.equal(outline, "solid", "focus can be seen");
    await page.keyboard.press("ArrowLeft");
    assert.match(await card(page, "copy").locator(".remark").innerText(), /^at step [\d,]+$/);
    await page.keyboard.press("Enter");
    await page.locator("#detail-copy").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator("#detail-copy").waitFor({ state: "hidden" });
    assert.match(await focused(), /aria-controls="detail-copy"/, "focus goes back");
  });

  for (const [scheme, isScheme] of [
    ["light", (lightness) => lightness > 200],
    ["dark", (lightness) => lightness < 60],
  ]) {
    test(`follows a ${scheme} system, and the toggle`, async (t) => {
      const page = await openPage(t, url, { colorScheme: scheme });
      const lightness = () =>
        page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)[0]));
      assert.ok(isScheme(await lightness()));
      const other = scheme === "dark" ? "light" : "dark";
      await page.getByRole("button", { name: `${other} colours` }).click();
      assert.ok(!isScheme(await lightness()));
      await until(
        "a repainted curve",
        async () => (await pixelsLike(page, "copy", "--target")) > 20,
      );
    });
  }

  test("fits every width without horizontal scrolling, with a panel open", async (t) => {
    const page = await openPage(t, url, { viewport: { width: 360, height: 740 }, isMobile: true });
    await card(page, "add3").getByRole("button").click();
    await page.locator("#detail-add3 tbody tr").first().waitFor();
    for (let width = 360; width <= 1280; width += 20) {
      await page.setViewportSize({ width, height: 740 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });

  test("draws no curve before its history has come", async (t) => {
    const page = await openPage(t, "about:blank");
    let answer;
    const asked = new Promise((resolve) => (answer = resolve));
    await page.route("**/api/v1/history?*", async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto(url);
    await page.locator("#task-copy .plot[data-loading]").waitFor();
    assert.equal(await page.locator("canvas").count(), 0);
    answer();
    await until("a curve", async () => (await pointsDrawn(page, "copy")) > 3);
    assert.equal(await page.locator("#task-copy .plot[data-loading]").count(), 0);
  });

  test("is a plain table without JavaScript", async (t) => {
    const page = await openPage(t, url, { javaScriptEnabled: false });
    await until("a first probe", async () => {
      await page.reload();
      return (await page.locator("noscript table tr").count()) >= 17;
    });
    assert.match(await page.locator("body noscript").innerText(), /Add three digits/);
  });

  test("is dark and narrow without JavaScript where that is wanted", async (t) => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, colorScheme: "dark" };
    const page = await openPage(t, url, { javaScriptEnabled: false, ...phone });
    await until("a first probe", async () => {
      await page.reload();
      return (await page.locator("noscript table tr").count()) >= 17;
    });
    const table = await page.locator("noscript table").boundingBox();
    assert.ok(table.x + table.width <= 360, `the table ends at ${table.x + table.width}`);
    const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 4, height: 4 } });
    const reader = await openPage(t, "about:blank");
    const lightness = await reader.evaluate(
      async (png) => {
        const image = await createImageBitmap(await (await fetch(png)).blob());
        const context = new OffscreenCanvas(4, 4).getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, 1, 1).data[0];
      },
      `data:image/png;base64,${shot.toString("base64")}`,
    );
    assert.ok(lightness < 60, `${lightness}`);
  });

  test("declares an event, which all pages show", async (t) => {
    const [page, other] = [await openPage(t, url), await openPage(t, url)];
    await page.getByRole("button", { name: "Annotate…" }).click();
    await page.getByRole("textbox").fill("<b>rate</b> dropped");
    await page.getByLabel("Re-arm the detectors").check();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    for (const each of [page, other]) {
      const line = each.locator(".events li", { hasText: "<b>rate</b> dropped" });
      await line.waitFor({ state: "attached" });
      assert.match(await line.innerText(), /re-armed/);
    }
    await until("a flag", async () => (await pixelsLike(other, "copy", "--note")) > 20);
  });

  test("shows a verdict's change as chip, mark and line", async (t) => {
    const page = await openPage(t, url);
    await chip(page, "copy").filter({ hasText: "mastered" }).waitFor();
    await page
      .locator(".events li", { hasText: "→ mastered" })
      .first()
      .waitFor({ state: "attached" });
    await until("its mark", async () => (await pixelsLike(page, "copy", "--mastered")) > 20);
  });
});
