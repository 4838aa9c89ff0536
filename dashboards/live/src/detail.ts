// What is behind a verdict: the evidence, the facets, the items.
import { changeRows } from "./alarm";
import type { Row } from "./alarm";
import { el, setAttribute, setText } from "./dom";
import {
  calibrationWords,
  chance,
  drags,
  forecastSentence,
  FORECASTER,
  KIND,
  switchSentence,
  thresholdFigures,
  thresholdSentence,
} from "./forecast";
import { ItemTable } from "./item_table";
import type { Annotation, Calibration, Evidence, Task } from "./model";
import { MEANING, percent, rearmed, score, slope, spoken, whole } from "./words";

function rowsOf(task: Task, annotations: Annotation[]): Row[] {
  const [claim, why] = task.error_rate.split(": ", 2);
  const claimed: Row = ["error rate", claim ?? "", why ?? ""];
  const rows: Row[] = [
    ...changeRows(task, annotations),
    ["rate now", `${slope(task.slope_per_doubling)} per doubling`, "over the last 1.2 doublings"],
    ["best", score(task.best), `at step ${whole(task.best_step)}`],
    ["share of the stream", percent(task.stream_share), `${whole(task.own_step)} examples so far`],
  ];
  if (task.noise_sd !== null) {
    const alike = `autocorrelation ${score(task.autocorrelation)}`;
    rows.push(["noise", `sd ${task.noise_sd.toFixed(3)}`, alike]);
  }
  rows.push(claimed);
  if (task.sealed !== null) {
    const { gap, lower, upper, items, overfit } = task.sealed;
    const figures = `gap ${slope(gap)} [${slope(lower)}, ${slope(upper)}]`;
    const found = overfit ? "the probe items are known better" : "no sign of overfitting";
    rows.push(["sealed items", found, `${figures} between the probes and ${whole(items)} others`]);
  }
  return rows;
}

/** What lies ahead, and whether the skill came at once. */
function outlookRows(task: Task, calibration: Calibration | null): Row[] {
  const rows: Row[] = [];
  const sentence = forecastSentence(task);
  if (sentence !== null) {
    const by = task.forecast_source ? `by ${FORECASTER[task.forecast_source]}; ` : "";
    const soon = task.belief === null ? "" : `within one doubling: ${chance(task.belief)}; `;
    rows.push(["forecast", sentence, `${soon}${by}${calibrationWords(calibration)}`]);
  }
  const { threshold } = task;
  if (threshold) {
    const words = `${KIND[threshold.kind]}. ${thresholdSentence(threshold)}` + switchSentence(task);
    rows.push(["threshold", words, thresholdFigures(threshold)]);
  }
  return rows;
}

const rowElement = ([name, value, note]: Row): HTMLElement =>
  el("div", {}, el("dt", {}, name), el("dd", {}, value, note ? el("small", {}, note) : null));

/** A bar from 0 to 1 with an optional tick, and its value in figures. */
function bar(
  name: string,
  share: number,
  value: string,
  tick: number | null,
  tag: string | null,
): HTMLElement {
  const width = `width:${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
  const at = tick === null ? null : `left:${(100 * Math.min(1, tick)).toFixed(1)}%`;
  return el(
    "li",
    { class: tag ? "bar tagged" : "bar" },
    el("span", { class: "bar-name" }, name, tag ? el("em", {}, tag) : null),
    el(
      "span",
      { class: "bar-track", "aria-hidden": true },
      el("i", { style: width }),
      at === null ? null : el("b", { style: at }),
    ),
    el("span", { class: "bar-value" }, value),
  );
}

function evidenceBar(name: string, evidence: Evidence): HTMLElement {
  const { log_e: logE, threshold } = evidence;
  const known = logE !== null && threshold !== null && threshold > 0;
  const value = known ? `${logE.toFixed(1)} of ${threshold.toFixed(1)} nats` : "not yet";
  return bar(name, known ? logE / threshold : 0, value, null, null);
}

/** The region under a card; fills itself only while it is open. */
export class Detail {
  private readonly verdict = el("p", { class: "lead" });
  private readonly outlook = el("dl", { class: "outlook" });
  private readonly rows = el("dl", { class: "rows" });
  private readonly detectors = el("ul", { class: "bars" });
  private readonly facets = el("ul", { class: "bars" });
  private readonly items: ItemTable;
  private shown = "";
  private step = 0;
  readonly element: HTMLElement;

  constructor(task: Task, id: string, onClose: () => void) {
    this.items = new ItemTable(task.task);
    const close = el("button", { type: "button", class: "icon", "aria-label": "close" }, "✕");
    close.addEventListener("click", onClose);
    this.element = el(
      "section",
      { class: "detail", id, "aria-label": `${task.title} in detail`, hidden: true },
      el("header", {}, el("h3", {}, task.title), el("code", {}, task.task), this.verdict, close),
      this.outlook,
      el(
        "div",
        { class: "columns" },
        el("div", {}, el("h4", {}, "Evidence"), this.rows),
        el(
          "div",
          {},
          el("h4", {}, "Facets"),
          this.facets,
          el("h4", {}, "Detectors now"),
          this.detectors,
        ),
        this.items.element,
      ),
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onClose();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    this.shown = "";
  }

  fetchItems(): Promise<void> {
    return this.items.fetch(this.step);
  }

  update(task: Task, calibration: Calibration | null, annotations: Annotation[]): void {
    this.step = task.step;
    if (!this.isOpen) return;
    const state = JSON.stringify([task, calibration?.resolved, annotations.length]);
    if (state === this.shown) return;
    this.shown = state;
    const since = task.since_step > 0 ? `since step ${whole(task.since_step)}` : "from the start";
    const old = task.rearmed_step === null ? "" : ` This is ${rearmed(task.rearmed_step)}.`;
    setText(this.verdict, `${task.verdict} ${since}: ${MEANING[task.verdict]}.${old}`);
    this.outlook.replaceChildren(...outlookRows(task, calibration).map(rowElement));
    this.rows.replaceChildren(...rowsOf(task, annotations).map(rowElement));
    this.detectors.replaceChildren(
      evidenceBar("progress", task.evidence.progress),
      evidenceBar("stall", task.evidence.stall),
      evidenceBar("fall", task.evidence.regress),
    );
    this.facets.replaceChildren(
      ...task.facets.map((facet) => {
        const tag = drags(task, facet) ? "bottleneck" : null;
        const value = `${score(facet.score)} / ${score(facet.exact)}`;
        const row = bar(spoken(facet.name), facet.score ?? 0, value, facet.exact, tag);
        if (facet.threshold) {
          const kind = KIND[facet.threshold.kind].toLowerCase();
          row.append(el("small", { class: "kind" }, kind));
          setAttribute(row, "title", thresholdSentence(facet.threshold));
        }
        return row;
      }),
      el("li", { class: "hint" }, "bar and first figure: q; tick and second: exact match"),
    );
    void this.items.update(task.step);
  }
}
