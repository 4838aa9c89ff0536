// What is drawn on a chart's canvas beside the curve itself.
import type uPlot from "uplot";
import type { Scene } from "./scene";
import type { Verdict } from "./model";
import { ownStepAt, pointBefore, toX } from "./scale";

/** Where the task stood at a step of the run, on the clock of the scene. */
function xOfStep(scene: Scene, step: number): number | null {
  if (scene.clock === "all") return toX(step);
  const own = ownStepAt(scene.curve.points, step);
  return own === null ? null : toX(own);
}

const withAlpha = (colour: string, alpha: number): string =>
  colour +
  Math.round(255 * alpha)
    .toString(16)
    .padStart(2, "0");

/** The curve wears the colour of the verdict that held at each step. */
export function verdictGradient(plot: uPlot, scene: Scene, alpha: number): CanvasGradient | string {
  const colour = (verdict: Verdict): string => withAlpha(scene.palette.verdict[verdict], alpha);
  const { changes } = scene.curve;
  const { left, width } = plot.bbox;
  if (changes.length === 0 || width <= 0) return colour(scene.task.verdict);
  const gradient = plot.ctx.createLinearGradient(left, 0, left + width, 0);
  gradient.addColorStop(0, colour(changes[0]!.from));
  for (const change of changes) {
    const x = xOfStep(scene, change.step);
    if (x === null) continue;
    const at = (plot.valToPos(x, "x", true) - left) / width;
    if (at < 0 || at > 1) continue;
    gradient.addColorStop(at, colour(change.from));
    gradient.addColorStop(at, colour(change.to));
  }
  gradient.addColorStop(1, colour(changes.at(-1)!.to));
  return gradient;
}

/** Target, format floor and chance, behind the curve. */
export function drawLines(plot: uPlot, scene: Scene): void {
  const { ctx } = plot;
  const { left, width } = plot.bbox;
  const { palette, task, measure } = scene;
  const line = (value: number, colour: string, dash: number[]): void => {
    const y = Math.round(plot.valToPos(value, "y", true));
    ctx.strokeStyle = colour;
    ctx.setLineDash(dash.map((each) => each * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
  };
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  line(task.target, palette.target, [6, 3]);
  line(measure === "q" ? task.floor : task.exact_floor, palette.floor, [2, 3]);
  if (measure === "q") line(task.chance, palette.floor, [1, 5]);
  ctx.restore();
}

/** Annotations as flags, faults as bolts, changes of the verdict as the verdict's shape on the curve. */
export function drawMarks(plot: uPlot, scene: Scene): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 8, bbox.top - 8, bbox.width + 16, bbox.height + 16);
  ctx.clip();
  for (const note of scene.annotations) {
    const x = xOfStep(scene, note.step);
    if (x === null) continue;
    const at = plot.valToPos(x, "x", true);
    if (note.kind === "fault") bolt(plot, at, scene.palette.fault);
    else flag(plot, at, scene.palette.note, note.rearm);
  }
  const { points, changes } = scene.curve;
  for (const change of changes) {
    const x = xOfStep(scene, change.step);
    if (x === null) continue;
    const point = points[pointBefore(points, scene.clock, x)];
    const y = scene.measure === "q" ? (change.score ?? point?.last) : point?.exact;
    if (y == null) continue;
    const at = [plot.valToPos(x, "x", true), plot.valToPos(y, "y", true)] as const;
    shape(ctx, change.to, at, scene.palette.verdict[change.to], scene.palette.surface);
  }
  ctx.restore();
}

/** The outline of a bolt, in pixels from its middle and its top. */
const BOLT = [
  [1, 0],
  [-4, 8],
  [-0.5, 8],
  [-1.5, 15],
  [4.5, 5.5],
  [0.5, 5.5],
  [3, 0],
] as const;

function flag(plot: uPlot, x: number, colour: string, rearm: boolean): void {
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = unit;
  ctx.setLineDash(rearm ? [] : [3 * unit, 3 * unit]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top - 4 * unit);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top - 4 * unit);
  ctx.lineTo(x + 8 * unit, bbox.top);
  ctx.lineTo(x, bbox.top + 4 * unit);
  ctx.fill();
}

function bolt(plot: uPlot, x: number, colour: string): void {
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = 1.5 * unit;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.beginPath();
  for (const [right, down] of BOLT) ctx.lineTo(x + right * unit, bbox.top + (down - 6) * unit);
  ctx.closePath();
  ctx.fill();
}

function shape(
  ctx: CanvasRenderingContext2D,
  verdict: Verdict,
  [x, y]: readonly [number, number],
  colour: string,
  surface: string,
): void {
  const r = 5 * devicePixelRatio;
  ctx.beginPath();
  if (verdict === "learning" || verdict === "regressing") {
    const up = verdict === "learning" ? -1 : 1;
    ctx.moveTo(x, y + up * r);
    ctx.lineTo(x + r, y - up * 0.7 * r);
    ctx.lineTo(x - r, y - up * 0.7 * r);
    ctx.closePath();
  } else if (verdict === "stalled") {
    ctx.rect(x - 0.8 * r, y - 0.8 * r, 1.6 * r, 1.6 * r);
  } else {
    ctx.arc(x, y, 0.9 * r, 0, 2 * Math.PI);
  }
  ctx.fillStyle = verdict === "dormant" ? surface : colour;
  ctx.strokeStyle = verdict === "dormant" ? colour : surface;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.fill();
  ctx.stroke();
  if (verdict === "mastered") tick(ctx, x, y, r, surface);
}

function tick(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  r: number,
  colour: string,
): void {
  ctx.beginPath();
  ctx.moveTo(x - 0.42 * r, y + 0.02 * r);
  ctx.lineTo(x - 0.1 * r, y + 0.36 * r);
  ctx.lineTo(x + 0.44 * r, y - 0.34 * r);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3 * devicePixelRatio;
  ctx.stroke();
}
