// What is foretold of a task, and what kind of threshold its curve has, in words.
import type { Calibration, Facet, Forecaster, Task, Threshold } from "./model";
import { counted, score, shortStep, spoken } from "./words";

export const FEWEST = 20; // resolved forecasts before any is called calibrated

const WIDEST = 4; // doublings from the lower end of an interval to its upper one

const UNLIKELY = 0.05; // as the alert GradusLearningTooSlow has it

export const FORECASTER: Record<Forecaster, string> = {
  curve_filter: "curve filter",
  linear: "straight line",
  persistence: "stays as it is",
};

/** "82 %", never 0 or 100: nothing foretold is certain. */
export function chance(belief: number): string {
  if (belief < 0.005) return "below 1 %";
  if (belief > 0.995) return "above 99 %";
  return `${Math.round(100 * belief)} %`;
}

/** Whether the target still lies ahead and something is known of the way to it. */
export const isForetold = (task: Task): boolean =>
  task.verdict !== "mastered" && (task.examples_to_target?.p50 ?? 0) > 0;

/** Whether the interval of the way to the target is too wide to plan with. */
export function isVague(task: Task): boolean {
  const ahead = task.examples_to_target;
  if (!ahead) return false;
  const [soonest, latest] = [task.step + ahead.p10, task.step + ahead.p90];
  return Math.log2(Math.max(1, latest) / Math.max(1, soonest)) > WIDEST;
}

/** How long it takes, for a line with little room: "in about 620k", "(400k to 1.1M)". */
export function wayInShort(task: Task): [way: string, interval: string] {
  const { p10, p50, p90 } = task.examples_to_target!;
  if (isVague(task)) return [p10 < 1 ? "not known when" : `not before ${shortStep(p10)}`, ""];
  return [`in about ${shortStep(p50)}`, `(${shortStep(p10)} to ${shortStep(p90)})`];
}

const NOTICEABLY = 0.05;

/** Whether a facet is the one that keeps the task from its target, as the report has it. */
export const drags = (task: Task, facet: Facet): boolean =>
  facet.name === task.bottleneck &&
  facet.score !== null &&
  facet.score < task.target &&
  facet.score + NOTICEABLY < (task.score ?? 0);

/** Whether the present slope alone, at its upper end, reaches the target within one more doubling. */
const slopeReachesTarget = (task: Task): boolean =>
  task.slope_per_doubling_upper != null &&
  (task.score ?? 0) + task.slope_per_doubling_upper >= task.target;

/** One sentence on the target, or nothing where it is reached. */
export function forecastSentence(task: Task): string | null {
  if (task.score === null) return null;
  if (task.just_lost) return "No forecast: the skill was just lost.";
  if (task.verdict === "mastered") return null;
  if (task.belief === null || task.belief_ever === null)
    return "No forecast yet: nothing is foretold before growth is proven.";
  const target = score(task.target);
  const ever = chance(task.belief_ever);
  const ahead = task.examples_to_target;
  if (task.belief_ever < UNLIKELY && slopeReachesTarget(task))
    return `The present slope may reach ${target} within one more doubling; the forecast gives it ${ever}.`;
  if (ahead === null)
    return `No way is seen to ${target}; chance that it ever gets there: ${ever}.`;
  if (task.belief_ever < UNLIKELY) return `Not likely to reach ${target}: chance ${ever}.`;
  if (!isForetold(task)) return `Its score is at ${target}; its lower bound is not yet.`;
  const [low, middle, high] = [ahead.p10, ahead.p50, ahead.p90].map(shortStep);
  if (isVague(task)) {
    const soonest = ahead.p10 < 1 ? "" : `: not before ${low} more examples`;
    return `When it reaches ${target} is not known yet${soonest}, if it gets there: ${ever}.`;
  }
  return `Reaches ${target} in about ${middle} more examples (${low} to ${high}), if it gets there: ${ever}.`;
}

/** Whether forecasts may be trusted. */
export function calibrationWords(calibration: Calibration | null): string {
  if (!calibration || calibration.resolved < FEWEST)
    return `uncalibrated: ${calibration?.resolved ?? 0} of ${FEWEST} forecasts resolved`;
  const { resolved, covered } = calibration.intervals;
  const intervals = resolved > 0 ? `; ${covered} of ${resolved} intervals of 80 % held` : "";
  const doubt = calibration.calibrated ? "" : "uncalibrated: no better than a coin in ";
  return doubt + `${counted(calibration.resolved, "forecast")} resolved${intervals}`;
}

/** Which forecaster is shown, and what it is worth. */
export function shownWords(calibration: Calibration): string {
  const { horizons, resolved, shown } = calibration;
  if (resolved < FEWEST)
    return `Shown: ${FORECASTER[shown]}. Which one is best is not said before ${FEWEST} forecasts are resolved.`;
  const loss = (of: Forecaster): number =>
    horizons.slice(0, 2).reduce((sum, each) => sum + each[of].brier, 0);
  return loss("persistence") < loss(shown)
    ? `Shown: ${FORECASTER[shown]}. So far "${FORECASTER.persistence}", which is never shown, has come closer.`
    : `Shown: ${FORECASTER[shown]}, the best so far.`;
}

const wholePercent = (share: number): string => `${Math.round(100 * Math.min(1, share))} %`;
const doublings = (width: number): string => `${width.toFixed(width < 0.995 ? 2 : 1)} doublings`;

export const KIND: Record<Threshold["kind"], string> = {
  real_jump: "REAL JUMP",
  metric_artefact: "METRIC ARTEFACT",
  continuous: "CONTINUOUS",
  undecided: "UNDECIDED",
};

/** A sentence on the threshold that a reader understands. */
export function thresholdSentence(threshold: Threshold): string {
  const jump = wholePercent(threshold.share_of_jump);
  const width = threshold.width === null ? "" : ` over ${doublings(threshold.width)}`;
  switch (threshold.kind) {
    case "real_jump":
      return (
        `It came at once: ${jump} of the rise lies within eight probes, near step ` +
        `${shortStep(threshold.jump_step)}.`
      );
    case "metric_artefact": {
      const hidden = threshold.hidden_progress ?? 0;
      return hidden >= 0.05
        ? `It grew bit by bit${width}; ${wholePercent(hidden)} of that was done before exact ` +
            "match first moved."
        : `It grew bit by bit${width}; exact match only makes it look sudden.`;
    }
    case "continuous":
      return `It grew bit by bit${width}: no eight probes hold more than ${jump} of the rise.`;
    case "undecided":
      return "Too few probes, or too little rise, to say whether it comes at once.";
  }
}

/** " But a part of it switched on: ..."; empty where none did, or the whole came at once. */
export function switchSentence(task: Task): string {
  const threshold = task.facets.find((facet) => facet.name === task.switched_on)?.threshold;
  if (!task.switched_on || !threshold || threshold.width === null) return "";
  return (
    ` But a part of it switched on: ${spoken(task.switched_on)} rose within ` +
    `${doublings(threshold.width)}, ` +
    `near step ${shortStep(threshold.jump_step)}.`
  );
}

/** The figures behind the sentence. */
export function thresholdFigures(threshold: Threshold): string {
  const hidden = threshold.hidden_progress;
  const exact = threshold.width_exact;
  return [
    `J ${threshold.share_of_jump.toFixed(2)} (exact match ${threshold.share_of_jump_exact.toFixed(2)})`,
    `H ${hidden === null ? "not known" : hidden.toFixed(2)}`,
    `width ${threshold.width === null ? "not known" : threshold.width.toFixed(2)}` +
      (exact === null ? "" : ` (exact match ${exact.toFixed(2)})`),
    `jumps finer than ${doublings(threshold.resolution)} cannot be told from ramps`,
  ].join(", ");
}
