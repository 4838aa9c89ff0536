// One task: its name, verdict, score and curve, and the button to what is behind them.
import { Chart, chart_label } from "./chart";
import type { Scene } from "./chart";
import { Chip } from "./chip";
import { chance, drags, is_foretold, way_in_short } from "./forecast";
import { el, set_attribute, set_text } from "./dom";
import { wilson } from "./interval";
import type { CurvePoint, Task } from "./model";
import type { Measure } from "./settings";
import { counted, rearmed, score, spoken, whole } from "./words";

/** The line under a curve: what is to be known of the task now, between a prefix and a tail that
 *  may be left out for want of room. */
function remark_of(task: Task): [prefix: string, rest: string, tail?: string] {
  if (task.score === null) return ["", "not asked yet"];
  if (task.rearmed_step !== null) return ["verdict ", rearmed(task.rearmed_step)];
  if (is_foretold(task) && (task.belief_ever ?? 0) >= 0.5) {
    const [way, interval] = way_in_short(task);
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
  private readonly chart = new Chart(this.plot, (index) => this.read_out(index));
  private scene: Scene | null = null;
  private drawn = "";
  readonly element: HTMLElement;
  is_visible = false;

  constructor(task: Task, detail_id: string, on_toggle: () => void) {
    const { title } = task;
    const code = title === task.task ? null : el("code", {}, task.task);
    this.button = el(
      "button",
      {
        type: "button",
        class: "more",
        "aria-expanded": "false",
        "aria-controls": detail_id,
        "aria-label": `${title}: evidence, facets and items`,
      },
      "details",
    );
    this.button.addEventListener("click", on_toggle);
    this.element = el(
      "article",
      { class: "card", id: `task-${task.task}`, "data-task": task.task },
      el("header", {}, el("h3", { title }, title), code),
      el("p", { class: "score" }, this.value, this.interval, this.chip.element),
      this.plot,
      el("footer", {}, this.remark, this.button),
    );
    this.element.addEventListener("keydown", (event) => this.on_key(event));
    this.button.addEventListener("blur", () => this.chart.hide_cursor());
  }

  set_expanded(expanded: boolean): void {
    set_attribute(this.button, "aria-expanded", String(expanded));
    set_attribute(this.element, "data-open", expanded ? "" : null);
  }

  focus(): void {
    this.button.focus();
  }

  /** Takes the newest report; texts change at once, the chart when it is painted. */
  update(scene: Scene): void {
    this.scene = scene;
    const { task } = scene;
    set_attribute(this.element, "data-verdict", task.verdict);
    if (!this.is_reading) this.show_now();
  }

  /** Draws the chart if it is seen, or `unseen` too, and anything that it shows has changed since. */
  paint(unseen = false): void {
    if (!this.scene || !(this.is_visible || unseen)) return;
    const { is_whole } = this.scene.curve;
    set_attribute(this.plot, "data-loading", is_whole ? null : "");
    if (!is_whole) {
      set_attribute(this.plot, "aria-label", `${this.scene.task.task}: the curve is loading`);
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
    set_attribute(this.plot, "aria-label", chart_label(this.scene));
  }

  destroy(): void {
    this.chart.destroy();
  }

  private is_reading = false;

  private show_now(): void {
    const { task, measure } = this.scene!;
    const [value, lower, upper] =
      measure === "q"
        ? [task.score, task.lower, task.upper]
        : [task.exact, task.exact_lower, task.exact_upper];
    this.show(value, lower, upper);
    this.chip.update(task.verdict);
    this.say(...remark_of(task));
  }

  private say(prefix: string, rest: string, tail = ""): void {
    set_text(this.prefix, prefix);
    set_text(this.rest, rest);
    this.gap.data = tail === "" ? "" : " ";
    set_text(this.tail, tail);
    set_attribute(this.remark, "title", `${prefix}${rest} ${tail}`.trim());
  }

  private show(value: number | null, lower: number | null, upper: number | null): void {
    set_text(this.value, score(value));
    set_text(this.interval, value === null ? "" : `[${score(lower)}, ${score(upper)}]`);
  }

  /** Shows a point of the curve in place of the newest score, while the cursor is on it. */
  private read_out(index: number | null): void {
    const point = index === null ? undefined : this.scene?.curve.points[index];
    this.is_reading = point !== undefined;
    set_attribute(this.element, "data-reading", point ? "" : null);
    if (!point) {
      if (this.scene) this.show_now();
      return;
    }
    const [value, lower, upper] = band(point, this.scene!.measure, this.scene!.task.items);
    this.show(value, lower, upper);
    this.chip.update(this.scene!.curve.verdict_at(point.step) ?? this.scene!.task.verdict);
    const own = this.scene!.clock === "own";
    this.say("", own ? `at own step ${whole(point.own_step)}` : `at step ${whole(point.step)}`);
  }

  private on_key(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.target !== this.button) return;
    event.preventDefault();
    this.chart.move_cursor(event.shiftKey ? 10 * by : by);
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
