// One task: its name, verdict, score and curve, and the button to what is behind them.
import { Chart, chartLabel } from "./chart";
import type { Scene } from "./scene";
import { Chip } from "./chip";
import { chance, drags, isForetold, wayInShort } from "./forecast";
import { el, setAttribute, setText } from "./dom";
import { wilson } from "./interval";
import type { CurvePoint, Task } from "./model";
import type { Measure } from "./settings";
import { counted, rearmed, score, spoken, whole } from "./words";

/** The line under a curve: what is to be known of the task now, between a prefix and a tail that
 *  may be left out for want of room. */
function remarkOf(task: Task): [prefix: string, rest: string, tail?: string] {
  if (task.score === null) return ["", "not asked yet"];
  if (task.rearmed_step !== null) return ["verdict ", rearmed(task.rearmed_step)];
  if (isForetold(task) && (task.belief_ever ?? 0) >= 0.5) {
    const [way, interval] = wayInShort(task);
    return [`${chance(task.belief_ever!)}: `, `target ${way}`, interval];
  }
  const lowest = task.facets.find((facet) => drags(task, facet));
  if (lowest && task.verdict !== "mastered") {
    return ["bottleneck: ", `${spoken(lowest.name)} at ${score(lowest.score)}`];
  }
  const lost = task.last_change?.items_lost.length ?? 0;
  if (task.verdict === "regressing" && lost > 0) return ["", `${counted(lost, "item")} lost`];
  return ["", `best ${score(task.best)}`];
}

export class Card {
  private readonly chip = new Chip();
  private readonly value = el("strong");
  private readonly interval = el("span", { class: "interval" });
  private readonly plot = el("div", { class: "plot", role: "img" });
  private readonly prefix = el("span", { class: "prefix" });
  private readonly rest = el("span");
  private readonly tail = el("span", { class: "tail" });
  private readonly gap = document.createTextNode(""); // where the tail may break away
  private readonly remark = el(
    "span",
    { class: "remark" },
    this.prefix,
    this.rest,
    this.gap,
    this.tail,
  );
  private readonly button: HTMLButtonElement;
  private readonly chart = new Chart(this.plot, (index) => this.readOut(index));
  private scene: Scene | null = null;
  private drawn = "";
  readonly element: HTMLElement;
  isVisible = false;

  constructor(task: Task, detailId: string, onToggle: () => void) {
    const { title } = task;
    const code = title === task.task ? null : el("code", {}, task.task);
    this.button = el(
      "button",
      {
        type: "button",
        class: "more",
        "aria-expanded": "false",
        "aria-controls": detailId,
        "aria-label": `${title}: evidence, facets and items`,
      },
      "details",
    );
    this.button.addEventListener("click", onToggle);
    this.element = el(
      "article",
      { class: "card", id: `task-${task.task}`, "data-task": task.task },
      el("header", {}, el("h3", { title }, title), code),
      el("p", { class: "score" }, this.value, this.interval, this.chip.element),
      this.plot,
      el("footer", {}, this.remark, this.button),
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.button.addEventListener("blur", () => this.chart.hideCursor());
  }

  setExpanded(expanded: boolean): void {
    setAttribute(this.button, "aria-expanded", String(expanded));
    setAttribute(this.element, "data-open", expanded ? "" : null);
  }

  focus(): void {
    this.button.focus();
  }

  /** Takes the newest report; texts change at once, the chart when it is painted. */
  update(scene: Scene): void {
    this.scene = scene;
    const { task } = scene;
    setAttribute(this.element, "data-verdict", task.verdict);
    if (!this.isReading) this.showNow();
  }

  /** Draws the chart if it is seen, or `unseen` too, and anything that it shows has changed since. */
  paint(unseen = false): void {
    if (!this.scene || !(this.isVisible || unseen)) return;
    const { isWhole } = this.scene.curve;
    setAttribute(this.plot, "data-loading", isWhole ? null : "");
    if (!isWhole) {
      setAttribute(this.plot, "aria-label", `${this.scene.task.task}: the curve is loading`);
      return;
    }
    const { curve, span, clock, measure, annotations, palette, task } = this.scene;
    const key = [
      curve.version,
      span.min,
      span.max,
      clock,
      measure,
      annotations.map((each) => each.step).join(),
      palette.surface,
      task.verdict,
      task.examples_to_target?.p50,
      this.plot.clientWidth,
    ].join();
    if (key === this.drawn) return;
    this.drawn = key;
    this.chart.draw(this.scene);
    setAttribute(this.plot, "aria-label", chartLabel(this.scene));
  }

  destroy(): void {
    this.chart.destroy();
  }

  private isReading = false;

  private showNow(): void {
    const { task, measure } = this.scene!;
    const [value, lower, upper] =
      measure === "q"
        ? [task.score, task.lower, task.upper]
        : [task.exact, task.exact_lower, task.exact_upper];
    this.show(value, lower, upper);
    this.chip.update(task.verdict);
    this.say(...remarkOf(task));
  }

  private say(prefix: string, rest: string, tail = ""): void {
    setText(this.prefix, prefix);
    setText(this.rest, rest);
    this.gap.data = tail === "" ? "" : " ";
    setText(this.tail, tail);
    setAttribute(this.remark, "title", `${prefix}${rest} ${tail}`.trim());
  }

  private show(value: number | null, lower: number | null, upper: number | null): void {
    setText(this.value, score(value));
    setText(this.interval, value === null ? "" : `[${score(lower)}, ${score(upper)}]`);
  }

  /** Shows a point of the curve in place of the newest score, while the cursor is on it. */
  private readOut(index: number | null): void {
    const point = index === null ? undefined : this.scene?.curve.points[index];
    this.isReading = point !== undefined;
    setAttribute(this.element, "data-reading", point ? "" : null);
    if (!point) {
      if (this.scene) this.showNow();
      return;
    }
    const [value, lower, upper] = band(point, this.scene!.measure, this.scene!.task.items);
    this.show(value, lower, upper);
    this.chip.update(this.scene!.curve.verdictAt(point.step) ?? this.scene!.task.verdict);
    const own = this.scene!.clock === "own";
    this.say("", own ? `at own step ${whole(point.own_step)}` : `at step ${whole(point.step)}`);
  }

  private onKey(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.target !== this.button) return;
    event.preventDefault();
    this.chart.moveCursor(event.shiftKey ? 10 * by : by);
  }
}

function band(
  point: CurvePoint,
  measure: Measure,
  items: number,
): [number | null, number | null, number | null] {
  if (measure === "q") return [point.last, point.lower, point.upper];
  if (point.exact === null) return [null, null, null];
  return [point.exact, ...wilson(point.exact, items)];
}
