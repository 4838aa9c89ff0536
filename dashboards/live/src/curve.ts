// The curve of one task in memory: bounded, whatever the run's length.
import type { Change, CurvePoint, History, Task, Verdict } from "./model";

const MOST_POINTS = 720;
const CELLS_AFTER_MERGE = 480;

/** Buckets in the order of steps, and the changes of the verdict. */
export class Curve {
  points: CurvePoint[] = [];
  changes: Change[] = [];
  /** Whether the server's history has come: until then only the newest scores are here, and a chart
   *  of them would look like a whole curve. */
  isWhole = false;
  /** Grows with each change of the content; a chart that has drawn it need not draw again. */
  version = 0;

  /** Takes the server's history, and keeps what is newer than it. */
  replace(history: History): void {
    const end = history.points.at(-1)?.step ?? -1;
    const newer = this.points.filter((point) => point.step > end);
    this.points = [...history.points, ...newer];
    const changes = this.changes;
    this.changes = [];
    for (const change of [...(history.changes ?? []), ...changes]) this.addChange(change);
    this.bound();
    this.isWhole = true;
    this.version++;
  }

  /** Takes the newest probe of a report, unless it is known already. */
  append(task: Task): void {
    if (task.score === null || task.step <= (this.points.at(-1)?.step ?? 0)) return;
    this.points.push({
      step: task.step,
      own_step: task.own_step,
      min: task.score,
      max: task.score,
      last: task.score,
      exact: task.exact,
      lower: task.lower,
      upper: task.upper,
    });
    this.bound();
    this.version++;
  }

  addChange(change: Change): void {
    const known = this.changes.some((each) => each.step === change.step && each.to === change.to);
    if (known) return;
    this.changes.push(change);
    this.changes.sort((a, b) => a.step - b.step);
    this.version++;
  }

  /** The verdict that held at a step; null where no change is known. */
  verdictAt(step: number): Verdict | null {
    let verdict = this.changes[0]?.from ?? null;
    for (const change of this.changes) if (change.step <= step) verdict = change.to;
    return verdict;
  }

  clear(): void {
    this.points = [];
    this.changes = [];
    this.isWhole = false;
    this.version++;
  }

  /** Merges neighbours on a logarithmic grid, as a chart shows them, once there are too many. */
  private bound(): void {
    if (this.points.length <= MOST_POINTS) return;
    const first = Math.log2(Math.max(1, this.points[0]!.step));
    const last = Math.log2(this.points.at(-1)!.step);
    const width = (last - first) / CELLS_AFTER_MERGE;
    const merged: CurvePoint[] = [];
    let cell = -1;
    for (const point of this.points) {
      const at = Math.floor((Math.log2(Math.max(1, point.step)) - first) / width);
      if (at === cell) merged.push(merge(merged.pop()!, point));
      else merged.push(point);
      cell = at;
    }
    this.points = merged;
  }
}

/** One bucket from two neighbours: the extremes of both, the rest from the later one. */
function merge(a: CurvePoint, b: CurvePoint): CurvePoint {
  return { ...b, min: least(a.min, b.min), max: greatest(a.max, b.max) };
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
