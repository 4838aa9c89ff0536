// Where a task is foretold to reach its target: its median, with the interval of 80 %, on the
// target's line beyond the newest score.
import type uPlot from "uplot";
import type { Scene } from "./scene";
import { isForetold, isVague } from "./forecast";
import type { Task } from "./model";
import { toX } from "./scale";

const FURTHEST = 1.25; // doublings beyond now that the axis makes room for

/** How far to the right the axis should reach for what is foretold; 0 where nothing is. */
export function foretoldEnd(tasks: Task[], now: number): number {
  const end = toX(now) + FURTHEST;
  const ahead = tasks
    .filter((task) => isForetold(task) && !isVague(task))
    .map((task) => toX(task.step + task.examples_to_target!.p50) + 0.1);
  return Math.max(0, ...ahead.filter((x) => x <= end));
}

export function drawForecast(plot: uPlot, scene: Scene): void {
  const { task, palette, clock, measure } = scene;
  if (clock !== "all" || measure !== "q" || !isForetold(task)) return;
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  const right = bbox.left + bbox.width;
  const { p10, p50, p90 } = task.examples_to_target!;
  const [low, middle, high] = [p10, p50, p90].map((examples) =>
    plot.valToPos(toX(task.step + examples), "x", true),
  ) as [number, number, number];
  const y = plot.valToPos(task.target, "y", true);
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = palette.ink;
  ctx.lineWidth = 1.5 * unit;
  const line = (x1: number, y1: number, x2: number, y2: number): void => {
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
  };
  // Of an interval that is too wide to plan with only the lower end is shown.
  const vague = isVague(task);
  const cap = (x: number): void => line(x, y - 3.5 * unit, x, y + 3.5 * unit);
  if (low <= right) {
    line(low, y, vague ? right : Math.min(high, right), y);
    cap(low);
  }
  if (high <= right && !vague) cap(high);
  if (middle <= right && !vague) diamond(ctx, middle, y, 4.5 * unit, palette.surface);
  else arrow(ctx, right, y, 5 * unit);
  ctx.restore();
}

function diamond(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  r: number,
  fill: string,
): void {
  ctx.beginPath();
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y);
  ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, y);
  ctx.closePath();
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.stroke();
}

/** The median lies beyond the axis. */
function arrow(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.lineTo(x, y - 0.7 * r);
  ctx.lineTo(x, y + 0.7 * r);
  ctx.closePath();
  ctx.fill();
}
