// The horizontal axis: doublings. x is the base-2 logarithm of a number of examples.
import type { Curve } from "./curve";
import type { CurvePoint } from "./model";
import type { Clock } from "./settings";

export interface Span {
  min: number;
  max: number;
}

export const toX = (examples: number): number => Math.log2(Math.max(1, examples));

export const clockOf = (point: CurvePoint, clock: Clock): number =>
  clock === "all" ? point.step : point.own_step;

/** One axis for all curves, so that they can be compared by eye. Its right end moves a quarter of a
 *  doubling at a time: else each chart would have to be drawn again each second. */
export function commonSpan(
  curves: Iterable<Curve>,
  clock: Clock,
  step: number,
  ahead = 0, // x that should be seen as well
): Span {
  let first = Infinity;
  let last = clock === "all" ? toX(step) : 0;
  for (const { points } of curves) {
    if (points.length === 0) continue;
    first = Math.min(first, toX(clockOf(points[0]!, clock)));
    last = Math.max(last, toX(clockOf(points.at(-1)!, clock)));
  }
  if (clock === "all") last = Math.max(last, ahead);
  const min = Math.floor(Number.isFinite(first) ? first : last - 3);
  return { min: Math.max(0, min), max: Math.max(min + 3, Math.ceil(last * 4 + 0.2) / 4) };
}

const THOUSAND = Math.log2(1000);

/** Marks at 1,000 examples times a power of two, as many as fit. */
export function axisMarks(span: Span, pixels: number): number[] {
  const fitting = Math.max(2, pixels / 52);
  const stride = Math.max(1, Math.ceil((span.max - span.min) / fitting));
  const marks: number[] = [];
  const first = Math.ceil((span.min - THOUSAND) / stride) * stride;
  for (let at = first; at + THOUSAND <= span.max; at += stride) marks.push(at + THOUSAND);
  return marks;
}

/** Where the task's own clock stood when the stream had given `step` examples. */
export function ownStepAt(points: CurvePoint[], step: number): number | null {
  const after = points.findIndex((point) => point.step >= step);
  if (after < 0) return points.at(-1)?.own_step ?? null;
  const b = points[after]!;
  const a = points[after - 1];
  if (!a || b.step === a.step) return b.own_step;
  return a.own_step + ((b.own_step - a.own_step) * (step - a.step)) / (b.step - a.step);
}

/** The last point at or before x on a clock; its index, or -1. */
export function pointBefore(points: CurvePoint[], clock: Clock, x: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (toX(clockOf(points[middle]!, clock)) <= x + 1e-9) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
