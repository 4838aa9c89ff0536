// Forecasts beside what happened: how often what was foretold came true, and who foretold best.
import { el, setText } from "./dom";
import { calibrationWords, chance, FEWEST, FORECASTER, shownWords } from "./forecast";
import type { Calibration, Forecaster, Horizon } from "./model";
import { counted } from "./words";

const FORECASTERS: Forecaster[] = ["curve_filter", "linear", "persistence"];

function brierRow(horizon: Horizon, shown: Forecaster): HTMLElement {
  const best = Math.min(...FORECASTERS.map((each) => horizon[each].brier));
  const ahead = `${horizon.doublings} doubling${horizon.doublings === 1 ? "" : "s"}`;
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, ahead),
    el("td", { class: "number" }, String(horizon.resolved)),
    ...FORECASTERS.map((each) => {
      const value = horizon.resolved > 0 ? horizon[each].brier.toFixed(3) : "–";
      const isBest = horizon.resolved >= FEWEST && horizon[each].brier === best;
      return el(
        "td",
        { class: `number${each === shown ? " shown" : ""}` },
        isBest ? el("b", {}, value) : value,
      );
    }),
  );
}

/** One row per tenth of probability that was ever foretold. */
function binRows(horizon: Horizon, shown: Forecaster): HTMLElement[] {
  return horizon[shown].bins
    .filter((bin) => bin.count > 0)
    .map((bin) =>
      el(
        "li",
        { class: "bar" },
        el("span", { class: "bar-name" }, `said ${chance(bin.forecast)}`),
        el(
          "span",
          { class: "bar-track", "aria-hidden": true },
          el("i", { style: `width:${(100 * bin.happened).toFixed(1)}%` }),
          el("b", { style: `left:${(100 * bin.forecast).toFixed(1)}%` }),
        ),
        el(
          "span",
          { class: "bar-value" },
          `${Math.round(bin.happened * bin.count)} of ${bin.count} came true`,
        ),
      ),
    );
}

export class CalibrationView {
  private readonly words = el("p", { class: "summary" });
  private readonly table = el("tbody");
  private readonly bins = el("ul", { class: "bars" });
  private readonly note = el("p", { class: "hint" });
  private shown = "";
  readonly element: HTMLElement;

  constructor() {
    const heads = ["ahead", "resolved", ...FORECASTERS.map((each) => FORECASTER[each])];
    const head = el("tr", {}, ...heads.map((each) => el("th", { scope: "col" }, each)));
    this.element = el(
      "section",
      { class: "calibration", "aria-labelledby": "calibration-title" },
      el(
        "header",
        {},
        el("h2", { id: "calibration-title" }, "Forecasts beside what happened"),
        this.words,
      ),
      el(
        "div",
        { class: "pair" },
        el(
          "div",
          { class: "scroll", tabindex: 0, role: "group", "aria-label": "Brier scores" },
          el("h3", {}, "Brier score: 0 is perfect, 0.25 is a coin"),
          el("table", {}, el("thead", {}, head), this.table),
          this.note,
        ),
        el("div", {}, el("h3", {}, "Within one doubling"), this.bins),
      ),
    );
  }

  update(calibration: Calibration | null): void {
    this.element.hidden = !calibration || calibration.made === 0;
    if (!calibration || this.element.hidden) return;
    const state = JSON.stringify(calibration);
    if (state === this.shown) return;
    this.shown = state;
    const { shown, horizons } = calibration;
    setText(this.words, `${calibrationWords(calibration)}, of ${calibration.made} made`);
    this.table.replaceChildren(...horizons.map((each) => brierRow(each, shown)));
    const {
      covered_unwidened: coveredUnwidened,
      resolved,
      widening,
      median_error: medianError,
    } = calibration.intervals;
    const intervals =
      resolved > 0
        ? ` Intervals are ${widening.toFixed(2)} times as wide as computed: as they were, ` +
          `${coveredUnwidened} of ${counted(resolved, "interval")} had held. The median was off by ` +
          `${medianError.toFixed(2)} doublings.`
        : "";
    setText(this.note, `${shownWords(calibration)}${intervals}`);
    const rows = horizons[0] ? binRows(horizons[0], shown) : [];
    this.bins.replaceChildren(
      ...rows,
      el(
        "li",
        { class: "hint" },
        "bar: share that came true; tick: what was said. They should meet.",
      ),
    );
  }
}
