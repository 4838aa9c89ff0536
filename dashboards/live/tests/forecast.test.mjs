// Forecasts, thresholds and calibration on the page, from a report with known ones.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { card, openPage, pixelsLike, until } from "./support/browser.mjs";
import { Ends, startGradus } from "./support/gradus.mjs";

const threshold = (kind) => ({
  kind,
  share_of_jump: 0.61,
  share_of_jump_exact: 0.9,
  jump_step: 64_000,
  hidden_progress: 0.4,
  width: 2.5,
  width_exact: 1.25,
  resolution: 0.1,
});
const scores = (brier) => ({
  brier,
  log_loss: 0.5,
  bins: [
    { count: 4, forecast: 0.25, happened: 0.5 },
    { count: 0, forecast: 0, happened: 0 },
  ],
});
const calibration = (resolved) => ({
  made: 30,
  resolved,
  calibrated: resolved >= 20,
  shown: "linear",
  horizons: [1, 2, 4].map((doublings) => ({
    doublings,
    resolved: doublings === 4 ? 0 : resolved,
    curve_filter: scores(0.2),
    linear: scores(0.125),
    persistence: scores(0.375),
  })),
  pit: {},
  intervals: { resolved: 9, covered: 7, covered_unwidened: 5, median_error: 0.5, widening: 1.5 },
});

/** The report with the task `copy` learning towards its target; `more` replaces parts of the task. */
function foretold(progress, resolved, more = {}) {
  const tasks = progress.tasks.map((task) =>
    task.task !== "copy"
      ? task
      : {
          ...task,
          verdict: "learning",
          score: 0.5,
          target: 0.9,
          belief: 0.4,
          belief_ever: 0.82,
          forecast_source: "linear",
          examples_to_target: { p10: 0.4 * task.step, p50: 0.6 * task.step, p90: 1.1 * task.step },
          threshold: threshold("metric_artefact"),
          facets: task.facets.map((facet) => ({ ...facet, threshold: threshold("real_jump") })),
          ...more,
        },
  );
  const tiers = progress.tiers.map((tier, at) => ({
    ...tier,
    verdict: "learning",
    belief: at === 0 ? { lower: 0.12, upper: 0.35 } : null,
  }));
  const frontier = tiers[0].tier;
  return { ...progress, tasks, tiers, frontier, calibration: calibration(resolved) };
}

describe("forecasts on the page", () => {
  const ends = new Ends();
  let url;
  let progress;
  before(async () => {
    ({ url } = await startGradus(ends, ["--pace", "none", "--seed", "1"]));
    const ask = async () => (await fetch(`${url}/api/v1/progress`)).json();
    await until("a score of every task", async () => {
      progress = await ask();
      return progress.tasks.length === 17 && progress.tasks.every((task) => task.score !== null);
    });
  });
  after(() => ends.run());

  const open = async (t, resolved, context, more) => {
    const page = await openPage(t, "about:blank", context);
    const body = `event: progress\ndata: ${JSON.stringify(foretold(progress, resolved, more))}\n\n`;
    await page.route("**/api/v1/events", (route) =>
      route.fulfill({ contentType: "text/event-stream", body }),
    );
    await page.goto(url);
    await page.locator(".calibration").waitFor();
    return page;
  };

  test("give way to the word that the detectors were re-armed", async (t) => {
    const page = await open(t, 24, {}, { verdict: "stalled", rearmed_step: 250_000 });
    const words = "from before the re-arming at 250,000";
    assert.equal(await card(page, "copy").locator(".remark").innerText(), `verdict ${words}`);
    await card(page, "copy").getByRole("button").click();
    const detail = page.locator("#detail-copy");
    await until("the detail", async () => (await detail.innerText()).includes(`This is ${words}.`));
  });

  test("say when the target is reached, and how sure that is", async (t) => {
    const page = await open(t, 24);
    assert.match(
      await card(page, "copy").locator(".remark").innerText(),
      /^82 %: target in about /,
    );
    const label = () => card(page, "copy").locator(".plot").getAttribute("aria-label");
    await until("the chart's words", async () => /if it gets there: 82 %/.test(await label()));
    await card(page, "copy").getByRole("button").click();
    const outlook = page.locator("#detail-copy .outlook");
    assert.match(await outlook.innerText(), /Reaches 0\.90 in about .* if it gets there: 82 %/);
    assert.match(await outlook.innerText(), /by straight line; 24 forecasts resolved; 7 of 9/);
  });

  test("say of a tier when all its tasks are there, and which tier to watch", async (t) => {
    const page = await open(t, 24);
    const summary = (tier) => page.locator(`#tier-${tier} .summary`).innerText();
    assert.match(await summary(progress.tiers[0].tier), /, within one doubling: 12 % to 35 %$/);
    assert.doesNotMatch(await summary(progress.tiers[1].tier), /doubling/);
    assert.deepEqual(await page.locator(".watch:visible").allInnerTexts(), ["watch this tier"]);
    assert.match(await page.locator(".budget").innerText(), /split evenly over 34 detectors/);
  });

  test("mark it beyond the curve", async (t) => {
    const page = await open(t, 24, { colorScheme: "dark" });
    await page.locator("#task-copy canvas").waitFor();
    await until("the mark", async () => (await pixelsLike(page, "copy", "--ink")) > 20);
  });

  test("are called uncalibrated, and none the best, while few are resolved", async (t) => {
    const page = await open(t, 6);
    const view = page.locator(".calibration");
    assert.match(await view.locator(".summary").innerText(), /uncalibrated: 6 of 20 forecasts/);
    assert.match(await view.innerText(), /Which one is best is not said before 20 forecasts/);
    assert.equal(await view.locator("tbody b").count(), 0);
  });

  test("say only the lower end of an interval too wide to plan with", async (t) => {
    const step = progress.tasks.find((task) => task.task === "copy").step;
    const examplesToTarget = { p10: 0.5 * step, p50: 8 * step, p90: 40 * step }; // 4.8 doublings
    const page = await open(t, 24, {}, { examples_to_target: examplesToTarget });
    const remark = await card(page, "copy").locator(".remark").innerText();
    assert.match(remark, /^82 %: target not before [\d.]+[kM]?$/);
    await card(page, "copy").getByRole("button").click();
    const words = await page.locator("#detail-copy .outlook").innerText();
    assert.match(
      words,
      /When it reaches 0\.90 is not known yet: not before \S+ more examples, if it/,
    );
    assert.doesNotMatch(words, /in about/);
  });

  test("mark no facet as bottleneck that is hardly lower than the task", async (t) => {
    const facets = [
      { name: "tens", score: 0.52, exact: 0.4, threshold: null },
      { name: "units", score: 0.48, exact: 0.4, threshold: null },
    ];
    const page = await open(t, 24, {}, { facets, bottleneck: "units", examples_to_target: null });
    assert.match(await card(page, "copy").locator(".remark").innerText(), /^best /);
  });

  test("mark no facet as bottleneck that is at the target", async (t) => {
    const facets = [
      { name: "tens", score: 0.95, exact: 0.9, threshold: null },
      { name: "units", score: 0.92, exact: 0.9, threshold: null },
    ];
    const page = await open(t, 24, {}, { facets, bottleneck: "units" });
    await card(page, "copy").getByRole("button").click();
    await page.locator("#detail-copy .bars", { hasText: "units" }).waitFor();
    assert.equal(await page.locator("#detail-copy .tagged").count(), 0);
  });

  test("stand beside what happened and beside the baselines", async (t) => {
    const page = await open(t, 24, { viewport: { width: 360, height: 740 }, isMobile: true });
    const view = page.locator(".calibration");
    const first = await view.locator("tbody tr").first().innerText();
    assert.match(first, /1 doubling\s+24\s+0\.200\s+0\.125\s+0\.375/);
    assert.equal(await view.locator("tbody tr").first().locator("b").innerText(), "0.125");
    assert.match(await view.locator("tbody tr").last().innerText(), /4 doublings\s+0\s+–/);
    assert.match(await view.locator(".bar").innerText(), /said 25 %\s+2 of 4 came true/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const [inner, outer] = [view.locator(".bar-value").first(), view.locator(".bars")];
    const [value, list] = [await inner.boundingBox(), await outer.boundingBox()];
    assert.ok(value.x + value.width <= list.x + list.width, "figures stay out of the margin");
  });

  test("come with the kind of threshold, of the task and of its facets", async (t) => {
    const page = await open(t, 24);
    await card(page, "copy").getByRole("button").click();
    const detail = page.locator("#detail-copy");
    const words = await detail.locator(".outlook").innerText();
    assert.match(words, /METRIC ARTEFACT\. It grew bit by bit over 2\.5 doublings; 40 % of that/);
    assert.match(words, /J 0\.61 \(exact match 0\.90\), H 0\.40, width 2\.50/);
    assert.ok((await detail.locator(".kind", { hasText: "real jump" }).count()) > 0);
  });
});
