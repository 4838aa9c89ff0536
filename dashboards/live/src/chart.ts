// The chart of one task: curve with bands, lines, marks.
import uPlot from "uplot";
import { forecastSentence } from "./forecast";
import { drawForecast } from "./forecast_mark";
import { wilson } from "./interval";
import { drawLines, drawMarks, verdictGradient } from "./marks";
import type { CurvePoint } from "./model";
import { axisMarks, clockOf, toX } from "./scale";
import type { Scene } from "./scene";
import type { Palette } from "./theme";
import { counted, score, shortStep, whole } from "./words";

const HEIGHT = 144;
const SERIES = { upper: 1, lower: 2, max: 3, min: 4, last: 5 };

function columns(scene: Scene): uPlot.AlignedData {
  const { points } = scene.curve;
  const x = points.map((point) => toX(clockOf(point, scene.clock)));
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
    private readonly onPoint: (index: number | null) => void,
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
    if (width !== this.width) this.plot.setSize({ width, height: HEIGHT });
    this.width = width;
    const plot = this.plot;
    plot.batch(() => {
      plot.setData(data, false);
      plot.setScale("x", scene.span);
    });
  }

  /** Moves the cursor by points, for the keyboard; from the end where there is none yet. */
  moveCursor(by: number): void {
    if (!this.plot) return;
    const last = this.scene!.curve.points.length - 1;
    const now = this.plot.cursor.idx ?? last + (by < 0 ? 1 : 0);
    const next = Math.min(last, Math.max(0, now + by));
    const left = this.plot.valToPos(this.plot.data[0][next]!, "x");
    this.plot.setCursor({ left, top: 10 });
  }

  hideCursor(): void {
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
      verdictGradient(this.plotOr(), this.scene!, alpha);
    const hidden: uPlot.Series = { stroke: "transparent", width: 0, points: { show: false } };
    const line: uPlot.Series = { stroke: shade(1), width: 2, points: { show: this.fewPoints } };
    const axis: uPlot.Axis = {
      stroke: () => palette().muted,
      font: palette().font,
      ticks: { show: false },
      grid: { stroke: () => palette().grid, width: 1 },
    };
    return {
      width,
      height: HEIGHT,
      padding: [8, 14, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [this.scene!.span.min, this.scene!.span.max] },
        y: { range: [-0.02, 1.03] },
      },
      series: [{}, hidden, hidden, hidden, hidden, line],
      bands: [
        { series: [SERIES.upper, SERIES.lower], fill: shade(0.2) },
        { series: [SERIES.max, SERIES.min], fill: shade(0.28) },
      ],
      axes: [
        {
          ...axis,
          size: 18,
          gap: 4,
          splits: (plot) => axisMarks(this.scene!.span, plot.bbox.width / devicePixelRatio),
          values: (_plot, marks) => marks.map((x) => shortStep(2 ** x)),
        },
        {
          ...axis,
          size: 30,
          gap: 4,
          splits: () => [0, 0.5, 1],
          values: (_plot, marks) => marks.map((y) => (y === 0.5 ? "0.5" : String(y))),
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
            series === SERIES.last ? cursorPoint(plot) : (undefined as unknown as HTMLElement),
        },
      },
      hooks: {
        init: [(plot) => (this.plot = plot)],
        drawAxes: [(plot) => drawLines(plot, this.scene!)],
        draw: [(plot) => drawForecast(plot, this.scene!), (plot) => drawMarks(plot, this.scene!)],
        setCursor: [(plot) => this.onPoint(plot.cursor.idx ?? null)],
      },
    };
  }

  private readonly fewPoints = (): boolean => (this.scene?.curve.points.length ?? 0) < 3;

  private plotOr(): uPlot {
    return this.plot!;
  }
}

function cursorPoint(plot: uPlot): HTMLElement {
  const point = document.createElement("div");
  point.classList.add("u-cursor-pt");
  plot.over.appendChild(point);
  return point;
}

/** What a chart shows, in words, for those who do not see it. */
export function chartLabel({ task, curve, measure }: Scene): string {
  const foretold = forecastSentence(task);
  const last = curve.points.at(-1);
  if (!last) return `${task.task}: no score yet`;
  const isQ = measure === "q";
  const pick = (point: CurvePoint): number | null => (isQ ? point.last : point.exact);
  return (
    `${task.task}: ${counted(curve.points.length, "point")} up to step ${whole(last.step)}, ` +
    `${isQ ? "q" : "exact match"} from ${score(pick(curve.points[0]!))} to ${score(pick(last))}, ` +
    `target ${score(task.target)}, ` +
    `format floor ${score(isQ ? task.floor : task.exact_floor)}, ${task.verdict}` +
    (foretold === null ? "" : `. ${foretold}`)
  );
}
