// What the server says, under the names that the page uses. The types come from the API's schema
// through the generated api.ts; only the answer of /api/v1/items is described here.
import type {
  Annotation,
  Change as TaskChange,
  History as Curves,
  Progress as Answer,
} from "./api";

export type { Annotation, TaskChange };

/** A task, with its title for people: its name where the ladder has none. */
export type Task = Answer["tasks"][number] & { title: string };
export type Tier = Answer["tiers"][number] & { title: string };
export type Progress = Omit<Answer, "tasks" | "tiers"> & { tasks: Task[]; tiers: Tier[] };

export type Verdict = Task["verdict"];
export type Evidence = Task["evidence"]["progress"];
export type Facet = Task["facets"][number];
export type Threshold = NonNullable<Task["threshold"]>;

/** A change of a verdict; the context says of which task. */
export type Change = Omit<TaskChange, "task" | "tier">;
/** The newest change of a task, with the evidence for it. */
export type ExplainedChange = NonNullable<Task["last_change"]>;
/** The stream while the evidence of a change gathered. */
export type StreamWindow = NonNullable<ExplainedChange["stream"]>;
/** An item that was right at the best snapshot and wrong at a change. */
export type LostAnswer = ExplainedChange["lost_answers"][number];

/** What became of the forecasts of the run. */
export type Calibration = NonNullable<Answer["calibration"]>;
export type Forecaster = Calibration["shown"];
export type Horizon = Calibration["horizons"][number];

type Bucket = Omit<Curves["points"][number], "time" | "count">;
/** One bucket of a curve: exact minimum, maximum and last of its scores. A figure is null where a
 *  probe has none; a point that the page adds from a report has neither time nor count. */
export type CurvePoint = {
  [Name in keyof Bucket]: Name extends "step" | "own_step" ? Bucket[Name] : Bucket[Name] | null;
};
export type History = Omit<Curves, "points" | "changes"> & {
  points: CurvePoint[];
  changes: Change[];
};

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

/** The body of /api/v1/progress, or nothing where the text is none. */
export function readProgress(text: string): Progress | null {
  try {
    const body = JSON.parse(text) as Partial<Answer> | null;
    if (!body || typeof body.run !== "string" || !Array.isArray(body.tasks)) return null;
    const progress = { annotations: [], tiers: [], calibration: null, ...body } as Progress;
    for (const task of progress.tasks) task.title = body.task_titles?.[task.task] || task.task;
    for (const tier of progress.tiers) tier.title = body.tier_titles?.[tier.tier] || tier.tier;
    return progress;
  } catch {
    return null;
  }
}
