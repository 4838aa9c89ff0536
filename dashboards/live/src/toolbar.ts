// The switches: clock, measure, theme; and the way to an annotation.
import { el, setAttribute, setText } from "./dom";
import type { Clock, Measure, Settings } from "./settings";
import { themeInForce } from "./theme";

interface Choice<T extends string> {
  value: T;
  prefix?: string; // left out on a phone
  label: string;
  title: string;
}

/** A group of radio buttons that looks like one switch; arrow keys move within it. */
function segmented<T extends string>(
  legend: string,
  choices: Choice<T>[],
  chosen: T,
  onChoice: (value: T) => void,
): HTMLElement {
  const name = legend.toLowerCase();
  const options = choices.map((choice) => {
    const input = el("input", {
      type: "radio",
      name,
      value: choice.value,
      checked: choice.value === chosen,
    });
    input.addEventListener("change", () => onChoice(choice.value));
    const prefix = choice.prefix ? el("span", { class: "prefix" }, choice.prefix) : null;
    return el("label", { title: choice.title }, input, el("span", {}, prefix, choice.label));
  });
  return el(
    "fieldset",
    { class: "segmented" },
    el("legend", {}, legend),
    el("div", {}, ...options),
  );
}

const CLOCKS: Choice<Clock>[] = [
  { value: "all", label: "all examples", title: "x: all examples learned so far" },
  {
    value: "own",
    label: "own examples",
    title: "x: the examples of the task itself; late on the first clock only means rare",
  },
];

const MEASURES: Choice<Measure>[] = [
  {
    value: "q",
    prefix: "probability ",
    label: "q",
    title: "the mean probability given to the right answer; verdicts use it",
  },
  { value: "exact", label: "exact match", title: "the share of items answered exactly right" },
];

export interface ToolbarListener {
  onSettings(): void;
  onTheme(): void;
  onAnnotate(): void;
}

/** Changes the settings in place, then tells. */
export function toolbar(settings: Settings, listener: ToolbarListener): HTMLElement {
  const theme = el("button", { type: "button", class: "icon" });
  const showTheme = (): void => {
    const dark = themeInForce(settings.theme) === "dark";
    setText(theme, dark ? "☀" : "☾");
    setAttribute(theme, "aria-label", dark ? "light colours" : "dark colours");
    setAttribute(theme, "title", dark ? "light colours" : "dark colours");
  };
  theme.addEventListener("click", () => {
    settings.theme = themeInForce(settings.theme) === "dark" ? "light" : "dark";
    listener.onTheme();
    showTheme();
  });
  showTheme();
  const annotate = el("button", { type: "button", class: "annotate" }, "Annotate…");
  annotate.addEventListener("click", () => listener.onAnnotate());
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "What the curves show" },
    segmented("Clock", CLOCKS, settings.clock, (clock) => {
      settings.clock = clock;
      listener.onSettings();
    }),
    segmented("Score", MEASURES, settings.measure, (measure) => {
      settings.measure = measure;
      listener.onSettings();
    }),
    el("span", { class: "spring" }),
    annotate,
    theme,
  );
}
