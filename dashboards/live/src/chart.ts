// The chart of one task: curve with bands, lines, marks.
import uPlot from "uplot";
import type { Curve } from "./curve";
import { forecast_sentence } from "./forecast";
import { draw_forecast } from "./forecast_mark";
import { wilson } from "./interval";
import { draw_lines, draw_marks, verdict_gradient } from "./marks";
import type { Annotation, Calibration, CurvePoint, Task } from "./model";
import type { Span } from "./scale";
import { axis_marks, clock_of, to_x } from "./scale";
import type { Clock, Measure } from "./settings";
import type { Palette } from "./theme";
import { counted, score, short_step, whole } from "./words";

/** All that a chart shows. */
export interface Scene {
  task: Task;
  curve: Curve;
  annotations: Annotation[];
  clock: Clock;
  measure: Measure;
  span: Span;
  palette: Palette;
  calibration: Calibration | null;
}

const kHeight = 144;
const kSeries = { upper: 1, lower: 2, max: 3, min: 4, last: 5 };

function columns(scene: Scene): uPlot.AlignedData {
  const { points } = scene.curve;
  const x = points.map((point) => to_x(clock_of(point, scene.clock)));
  if (scene.measure === "q") {
    return [
      x,
      points.map((point) => point.upper),
      points.map((point) => point.lower),
      points.map((point) => point.max),
      points.map((point) => point.min),
      points.map((point) => point.last),
    ];
  }
  const exact = points.map((point) => point.exact);
  const bands = exact.map((share) => (share === null ? null : wilson(share, scene.task.items)));
  return [x, bands.map((b) => b?.[1]), bands.map((b) => b?.[0]), exact, exact, exact];
}

/** Made when it is first seen; draws only what it is told to. */
export class Chart {
  private plot: uPlot | null = null;
  private width = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly on_point: (index: number | null) => void,
  ) {}

  draw(scene: Scene): void {
    const width = this.host.clientWidth;
    if (width === 0) return;
    this.scene = scene;
    const data = columns(scene);
    if (!this.plot) {
      this.plot = new uPlot(this.options(width), data, this.host);
      this.width = width;
      return;
    }
    if (width !== this.width) this.plot.setSize({ width, height: kHeight });
    this.width = width;
    const plot = this.plot;
    plot.batch(() => {
      plot.setData(data, false);
      plot.setScale("x", scene.span);
    });
  }

  /** Moves the cursor by points, for the keyboard; from the end where there is none yet. */
  move_cursor(by: number): void {
    if (!this.plot) return;
    const last = this.scene!.curve.points.length - 1;
    const now = this.plot.cursor.idx ?? last + (by < 0 ? 1 : 0);
    const next = Math.min(last, Math.max(0, now + by));
    const left = this.plot.valToPos(this.plot.data[0]![next]!, "x");
    this.plot.setCursor({ left, top: 10 });
  }

  hide_cursor(): void {
    this.plot?.setCursor({ left: -10, top: -10 });
  }

  destroy(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private scene: Scene | null = null;

  private options(width: number): uPlot.Options {
    const palette = (): Palette => this.scene!.palette;
    const shade = (alpha: number) => (): CanvasGradient | string =>
      verdict_gradient(this.plot_or(), this.scene!, alpha);
    const hidden: uPlot.Series = { stroke: "transparent", width: 0, points: { show: false } };
    const line: uPlot.Series = { stroke: shade(1), width: 2, points: { show: this.few_points } };
    const axis: uPlot.Axis = {
      stroke: () => palette().muted,
      font: palette().font,
      ticks: { show: false },
      grid: { stroke: () => palette().grid, width: 1 },
    };
    return {
      width,
      height: kHeight,
      padding: [8, 14, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [this.scene!.span.min, this.scene!.span.max] },
        y: { range: [-0.02, 1.03] },
      },
      series: [{}, hidden, hidden, hidden, hidden, line],
      bands: [
        { series: [kSeries.upper, kSeries.lower], fill: shade(0.2) },
        { series: [kSeries.max, kSeries.min], fill: shade(0.28) },
      ],
      axes: [
        {
          ...axis,
          size: 18,
          gap: 4,
          splits: (plot) => axis_marks(this.scene!.span, plot.bbox.width / devicePixelRatio),
          values: (_, marks) => marks.map((x) => short_step(2 ** x)),
        },
        {
          ...axis,
          size: 30,
          gap: 4,
          splits: () => [0, 0.5, 1],
          values: (_, marks) => marks.map((y) => (y === 0.5 ? "0.5" : String(y))),
        },
      ],
      cursor: {
        y: false,
        drag: { x: false, y: false },
        sync: { key: "gradus", scales: ["x", null] },
        points: {
          size: 7,
          fill: () => palette().ink,
          stroke: () => palette().surface,
          show: (plot, series) =>
            series === kSeries.last ? cursor_point(plot) : (undefined as unknown as HTMLElement),
        },
      },
      hooks: {
        init: [(plot) => (this.plot = plot)],
        drawAxes: [(plot) => draw_lines(plot, this.scene!)],
        draw: [
          (plot) => draw_forecast(plot, this.scene!),
          (plot) => draw_marks(plot, this.scene!),
        ],
        setCursor: [(plot) => this.on_point(plot.cursor.idx ?? null)],
      },
    };
  }

  private readonly few_points = (): boolean => (this.scene?.curve.points.length ?? 0) < 3;

  private plot_or(): uPlot {
    return this.plot!;
  }
}

function cursor_point(plot: uPlot): HTMLElement {
  const point = document.createElement("div");
  point.classList.add("u-cursor-pt");
  plot.over.appendChild(point);
  return point;
}

/** What a chart shows, in words, for those who do not see it. */
export function chart_label({ task, curve, measure }: Scene): string {
  const foretold = forecast_sentence(task);
  const last = curve.points.at(-1);
  if (!last) return `${task.task}: no score yet`;
  const is_q = measure === "q";
  const pick = (point: CurvePoint): number | null => (is_q ? point.last : point.exact);
  return (
    `${task.task}: ${counted(curve.points.length, "point")} up to step ${whole(last.step)}, ` +
    `${is_q ? "q" : "exact match"} from ${score(pick(curve.points[0]!))} to ${score(pick(last))}, ` +
    `target ${score(task.target)}, ` +
    `format floor ${score(is_q ? task.floor : task.exact_floor)}, ${task.verdict}` +
    (foretold === null ? "" : `. ${foretold}`)
  );
}
