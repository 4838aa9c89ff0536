// What the server says, in its own words: /api/v1/progress, history, items, events.

export type Verdict = "dormant" | "learning" | "stalled" | "regressing" | "mastered";

export interface Evidence {
  log_e: number | null;
  threshold: number | null;
}

/** A change of a verdict, as the history and the events tell it. */
export interface Change {
  from: Verdict;
  to: Verdict;
  step: number;
  own_step: number;
  time: number | null;
  score: number | null;
}

/** The stream while the evidence of a change gathered. */
export interface StreamWindow {
  from_step: number;
  to_step: number;
  from_time: number | null;
  to_time: number | null;
  examples: number;
  log_loss: number | null;
  log_loss_before: number | null;
  non_finite: number;
  rejected: number;
  gaps: number;
  duplicates: number;
  restarts: number;
  silent_seconds: number;
}

/** An item that was right at the best snapshot and wrong at a change. */
export interface LostAnswer {
  item: number;
  question: string;
  answer: string;
  given: string | null;
}

/** The newest change of a task, with the evidence for it. */
export interface ExplainedChange extends Change {
  window_from_step: number | null;
  slope_before: number | null;
  slope_now: number | null;
  evidence: Evidence;
  log_e_items: number | null;
  items_lost: number[];
  items_gained: number;
  lost_answers: LostAnswer[];
  stream: StreamWindow | null;
}

export interface Threshold {
  kind: "real_jump" | "metric_artefact" | "continuous" | "undecided";
  share_of_jump: number;
  share_of_jump_exact: number;
  jump_step: number;
  hidden_progress: number | null;
  width: number | null;
  width_exact: number | null;
  resolution: number;
}

export interface Facet {
  name: string;
  score: number | null;
  exact: number | null;
  threshold: Threshold | null;
}

export type Forecaster = "curve_filter" | "linear" | "persistence";

interface ForecastScore {
  brier: number;
  log_loss: number;
  bins: { count: number; forecast: number; happened: number }[];
}

export type Horizon = { doublings: number; resolved: number } & Record<Forecaster, ForecastScore>;

/** What became of the forecasts of the run. */
export interface Calibration {
  made: number;
  resolved: number;
  calibrated: boolean;
  shown: Forecaster;
  horizons: Horizon[];
  intervals: {
    resolved: number;
    covered: number;
    covered_unwidened: number;
    median_error: number;
    widening: number;
  };
}

/** How much better the probe items are known than sealed ones of the same kind. */
export interface Sealed {
  gap: number;
  lower: number;
  upper: number;
  items: number;
  overfit: boolean;
}

export interface Task {
  task: string;
  title: string; // for people; the name where the ladder has none
  tier: string;
  step: number;
  own_step: number;
  time: number | null;
  items: number;
  score: number | null;
  lower: number | null;
  upper: number | null;
  exact: number | null;
  exact_lower: number | null;
  exact_upper: number | null;
  chance: number;
  floor: number;
  exact_floor: number;
  target: number;
  best: number | null;
  best_step: number;
  verdict: Verdict;
  since_step: number;
  rearmed_step: number | null; // the verdict is from before it
  slope_per_doubling: number | null;
  slope_per_doubling_upper: number | null; // two standard errors above it
  noise_sd: number | null;
  autocorrelation: number | null;
  error_rate_claimed: boolean;
  error_rate: string;
  sealed: Sealed | null;
  stream_share: number | null;
  belief: number | null;
  belief_ever: number | null;
  forecast_source: Forecaster | null;
  just_lost: boolean; // why there is no forecast
  examples_to_target: { p10: number; p50: number; p90: number } | null;
  threshold: Threshold | null;
  facets: Facet[];
  bottleneck: string | null;
  /** The facet that came within half a doubling, where the task grew bit by bit. */
  switched_on: string | null;
  evidence: { progress: Evidence; stall: Evidence; regress: Evidence };
  last_change: ExplainedChange | null;
}

export interface Tier {
  tier: string;
  title: string;
  verdict: Verdict;
  score: number | null;
  /** That all its tasks are at their targets within one doubling: independent, or together. */
  belief?: { lower: number; upper: number } | null;
}

export interface Annotation {
  id: number;
  step: number;
  time: number | null;
  text: string;
  rearm: boolean;
  /** An older gradus does not say. */
  kind?: "note" | "fault";
}

export interface LearnerFacts {
  kind: string;
  examples: number;
  correct: number;
  mean_loss: number | null;
  mean_log_loss: number | null;
  learning_rate: number | null;
  parameters: number;
  diverged: boolean;
  last_checkpoint: number | null;
  last_checkpoint_step: number;
}

export interface StreamFacts {
  topic: string;
  connected: boolean;
  examples: number;
  examples_per_second: number | null;
  lag: number | null;
  rejected: Record<string, number>;
  ended: boolean;
  last_message: number | null;
  /** Since the last record, while the stream gives none; null while it flows. */
  silent_seconds?: number | null;
}

/** How closely the tasks are watched, and what that costs. */
export interface Probing {
  words: string;
}

export interface Progress {
  run: string;
  headline: string;
  probing?: Probing | null;
  attempt: number;
  step: number;
  time: number;
  ladder: { name: string; version: number } | null;
  tasks: Task[];
  tiers: Tier[];
  frontier?: string | null; // the tier to watch
  error_budget?: string | null; // in words
  calibration: Calibration | null;
  annotations: Annotation[];
  learner: LearnerFacts | null;
  stream: StreamFacts | null;
}

/** One bucket of a curve: exact minimum, maximum and last of its scores. */
export interface CurvePoint {
  step: number;
  own_step: number;
  min: number | null;
  max: number | null;
  last: number | null;
  exact: number | null;
  lower: number | null;
  upper: number | null;
}

export interface History {
  task: string;
  points: CurvePoint[];
  changes: Change[];
}

export interface Item {
  question: string;
  answer: string;
  given: string | null;
  exact: boolean | null;
  best_given: string | null;
  best_exact: boolean | null;
  q: number | null;
}

export interface Items {
  task: string;
  step: number | null;
  best_step: number | null;
  items: Item[];
}

/** The titles stand beside the report, by name. */
interface Titles {
  task_titles?: Record<string, string>;
  tier_titles?: Record<string, string>;
}

/** The body of /api/v1/progress, or nothing where the text is none. */
export function readProgress(text: string): Progress | null {
  try {
    const body = JSON.parse(text) as (Partial<Progress> & Titles) | null;
    if (!body || typeof body.run !== "string" || !Array.isArray(body.tasks)) return null;
    const progress = { annotations: [], tiers: [], calibration: null, ...body } as Progress;
    for (const task of progress.tasks) task.title = body.task_titles?.[task.task] || task.task;
    for (const tier of progress.tiers) tier.title = body.tier_titles?.[tier.tier] || tier.tier;
    return progress;
  } catch {
    return null;
  }
}
