// The parts of the page that need no browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./support/sources.mjs";

const { Curve } = await source("curve");
const { axisMarks, commonSpan, ownStepAt, pointBefore } = await source("scale");
const { wilson } = await source("interval");
const words = await source("words");

const point = (step, last = 0.5) => ({
  step,
  own_step: step / 10,
  min: last,
  max: last,
  last,
  exact: last,
  lower: last - 0.1,
  upper: last + 0.1,
});
const probe = (step, score) => ({ ...point(step), score });

test("Curve stays bounded in an endless run, and keeps every extreme", () => {
  const curve = new Curve();
  for (let i = 1; i <= 50_000; ++i) curve.append(probe(1000 * i, i === 20_000 ? 0.01 : 0.5));
  assert.ok(curve.points.length <= 720);
  assert.ok(curve.points.length >= 100);
  assert.equal(Math.min(...curve.points.map((each) => each.min)), 0.01);
  assert.equal(curve.points.at(-1).step, 50_000_000);
  const steps = curve.points.map((each) => each.step);
  assert.deepEqual(
    steps,
    steps.slice().sort((a, b) => a - b),
  );
});

test("Curve takes a probe once", () => {
  const curve = new Curve();
  curve.append(probe(1000, 0.1));
  curve.append(probe(1000, 0.1));
  curve.append(probe(900, 0.9));
  assert.equal(curve.points.length, 1);
});

test("Curve keeps what is newer than a history that comes late", () => {
  const curve = new Curve();
  curve.append(probe(1000, 0.1));
  curve.append(probe(3000, 0.3));
  curve.replace({ task: "t", points: [point(500), point(1000), point(2000)], changes: [] });
  assert.deepEqual(
    curve.points.map((each) => each.step),
    [500, 1000, 2000, 3000],
  );
});

test("Curve knows the verdict that held at a step", () => {
  const curve = new Curve();
  const change = (step, from, to) => ({ step, from, to, own_step: 0, time: 0, score: 0.5 });
  assert.equal(curve.verdictAt(10), null);
  curve.addChange(change(300, "learning", "mastered"));
  curve.addChange(change(100, "dormant", "learning"));
  curve.addChange(change(100, "dormant", "learning"));
  assert.equal(curve.changes.length, 2);
  assert.deepEqual(
    [99, 100, 299, 300].map((step) => curve.verdictAt(step)),
    ["dormant", "learning", "learning", "mastered"],
  );
});

test("the axis is marked at 1,000 times a power of two, as many as fit", () => {
  assert.deepEqual(
    axisMarks({ min: 9, max: 20 }, 1000).map((x) => Math.round(2 ** x)),
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((k) => 1000 * k),
  );
  assert.deepEqual(
    axisMarks({ min: 9, max: 20 }, 230).map((x) => words.shortStep(2 ** x)),
    ["1k", "8k", "64k", "512k"],
  );
});

test("the axis spans all curves, and its end moves a quarter of a doubling at a time", () => {
  const curve = new Curve();
  for (const step of [600, 5000]) curve.append(probe(step, 0.5));
  const { min, max } = commonSpan([curve], "all", 5100);
  assert.equal(min, 9);
  assert.equal(max % 0.25, 0);
  assert.ok(max >= Math.log2(5100) && max < Math.log2(5100) + 0.5);
  assert.equal(commonSpan([curve], "own", 5100).min, 5);
});

test("a step of the run is found on the task's own clock", () => {
  const points = [point(1000), point(2000)];
  assert.equal(ownStepAt(points, 1500), 150);
  assert.equal(ownStepAt(points, 9999), 200);
  assert.equal(ownStepAt([], 10), null);
  assert.equal(pointBefore(points, "all", Math.log2(1999)), 0);
  assert.equal(pointBefore(points, "own", Math.log2(10)), -1);
});

// Brown, Cai, DasGupta 2001, table of Wilson's interval: 0 of n gives [0, z^2/(n+z^2)].
test("exact match has Wilson's interval", () => {
  const z2 = 1.959964 ** 2;
  const [lower, upper] = wilson(0, 128);
  assert.ok(Math.abs(lower) < 1e-12);
  assert.ok(Math.abs(upper - z2 / (128 + z2)) < 1e-12);
  assert.deepEqual(
    wilson(1, 128).map((each) => each.toFixed(4)),
    ["0.9709", "1.0000"],
  );
});

test("numbers are said shortly", () => {
  assert.deepEqual([7.8, 15.6, 125, 1000, 16e3, 512e3, 1.024e6, 131.072e6].map(words.shortStep), [
    "7.8",
    "16",
    "125",
    "1k",
    "16k",
    "512k",
    "1M",
    "131M",
  ]);
  assert.deepEqual([0.137, -0.137, 0.001, null].map(words.slope), ["+0.14", "−0.14", "0.00", "–"]);
  assert.deepEqual([0, 43, 700, 9000].map(words.ago), [
    "just now",
    "43 s ago",
    "12 min ago",
    "3 h ago",
  ]);
});

const { forecastSentence, shownWords, switchSentence, thresholdSentence, calibrationWords } =
  await source("forecast");
const foretold = {
  verdict: "learning",
  score: 0.5,
  target: 0.9,
  belief: 0.4,
  belief_ever: 0.82,
  examples_to_target: { p10: 400e3, p50: 620e3, p90: 1.1e6 },
};

test("a forecast says how many examples, how sure, and when there is none", () => {
  assert.equal(
    forecastSentence(foretold),
    "Reaches 0.90 in about 620k more examples (400k to 1.1M), if it gets there: 82 %.",
  );
  assert.match(
    forecastSentence({ ...foretold, examples_to_target: null, belief_ever: 0.001 }),
    /^No way is seen to 0\.90; .* below 1 %\.$/,
  );
  assert.equal(
    forecastSentence({ ...foretold, belief_ever: 0.02 }),
    "Not likely to reach 0.90: chance 2 %.",
  );
  const reached = { p10: 0, p50: 0, p90: 0 };
  assert.match(forecastSentence({ ...foretold, examples_to_target: reached }), /^Its score is at/);
  assert.match(forecastSentence({ ...foretold, belief: null, belief_ever: null }), /^No forecast/);
  assert.equal(forecastSentence({ ...foretold, verdict: "mastered" }), null);
});

test("of a skill that was just lost there is no forecast, whatever its verdict still says", () => {
  const lost = {
    ...foretold,
    belief: null,
    belief_ever: null,
    examples_to_target: null,
    just_lost: true,
  };
  for (const verdict of ["regressing", "mastered"])
    assert.equal(forecastSentence({ ...lost, verdict }), "No forecast: the skill was just lost.");
});

test("a slope that may reach the target soon is said beside a low chance", () => {
  const rising = {
    ...foretold,
    belief_ever: 0.02,
    slope_per_doubling_upper: foretold.target - foretold.score,
  };
  assert.equal(
    forecastSentence(rising),
    "The present slope may reach 0.90 within one more doubling; the forecast gives it 2 %.",
  );
  assert.match(forecastSentence({ ...rising, slope_per_doubling_upper: 0.001 }), /^Not likely/);
});

test("persistence is named where it came closer, and never shown", () => {
  const brier = (curveFilter, persistence) => ({
    resolved: 24,
    shown: "curve_filter",
    horizons: [1, 2].map(() => ({
      curve_filter: { brier: curveFilter },
      persistence: { brier: persistence },
    })),
  });
  assert.equal(shownWords(brier(0.1, 0.2)), "Shown: curve filter, the best so far.");
  assert.equal(
    shownWords(brier(0.2, 0.1)),
    'Shown: curve filter. So far "stays as it is", which is never shown, has come closer.',
  );
});

test("forecasts are uncalibrated until twenty are resolved", () => {
  const intervals = { resolved: 9, covered: 7 };
  assert.equal(
    calibrationWords({ resolved: 6, intervals }),
    "uncalibrated: 6 of 20 forecasts resolved",
  );
  assert.match(
    calibrationWords({ resolved: 20, calibrated: true, intervals }),
    /^20 .*7 of 9 intervals/,
  );
  assert.match(
    calibrationWords({ resolved: 20, calibrated: false, intervals }),
    /^uncalibrated: no better than a coin/,
  );
  assert.match(calibrationWords(null), /^uncalibrated: 0/);
});

test("a part that switched on is said beside a whole that grew bit by bit", () => {
  const threshold = { kind: "continuous", width: 0.25, jump_step: 83e4 };
  const task = { switched_on: "ten_thousands", facets: [{ name: "ten_thousands", threshold }] };
  assert.equal(
    switchSentence(task),
    " But a part of it switched on: ten thousands rose within 0.25 doublings, near step 830k.",
  );
  assert.equal(switchSentence({ ...task, switched_on: null }), "");
});

test("a threshold is said in plain words", () => {
  const threshold = { share_of_jump: 0.61, hidden_progress: 0.4, width: 5.2, jump_step: 64e3 };
  const words = (kind, more = {}) => thresholdSentence({ ...threshold, ...more, kind });
  assert.equal(
    words("real_jump"),
    "It came at once: 61 % of the rise lies within eight probes, near step 64k.",
  );
  assert.match(words("metric_artefact"), /40 % of that was done before exact match first moved/);
  assert.match(words("metric_artefact", { hidden_progress: null }), /only makes it look sudden/);
  assert.match(words("continuous"), /bit by bit over 5\.2 doublings/);
  assert.match(words("undecided", { width: null }), /^Too few probes/);
});
