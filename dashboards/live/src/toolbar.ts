// The switches: clock, measure, theme; and the way to an annotation.
import { el, set_attribute, set_text } from "./dom";
import type { Clock, Measure, Settings } from "./settings";
import { theme_in_force } from "./theme";

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
  on_choice: (value: T) => void,
): HTMLElement {
  const name = legend.toLowerCase();
  const options = choices.map((choice) => {
    const input = el("input", {
      type: "radio",
      name,
      value: choice.value,
      checked: choice.value === chosen,
    });
    input.addEventListener("change", () => on_choice(choice.value));
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

const kClocks: Choice<Clock>[] = [
  { value: "all", label: "all examples", title: "x: all examples learned so far" },
  {
    value: "own",
    label: "own examples",
    title: "x: the examples of the task itself; late on the first clock only means rare",
  },
];

const kMeasures: Choice<Measure>[] = [
  {
    value: "q",
    prefix: "probability ",
    label: "q",
    title: "the mean probability given to the right answer; verdicts use it",
  },
  { value: "exact", label: "exact match", title: "the share of items answered exactly right" },
];

export interface ToolbarListener {
  on_settings(): void;
  on_theme(): void;
  on_annotate(): void;
}

/** Changes the settings in place, then tells. */
export function toolbar(settings: Settings, listener: ToolbarListener): HTMLElement {
  const theme = el("button", { type: "button", class: "icon" });
  const show_theme = (): void => {
    const dark = theme_in_force(settings.theme) === "dark";
    set_text(theme, dark ? "☀" : "☾");
    set_attribute(theme, "aria-label", dark ? "light colours" : "dark colours");
    set_attribute(theme, "title", dark ? "light colours" : "dark colours");
  };
  theme.addEventListener("click", () => {
    settings.theme = theme_in_force(settings.theme) === "dark" ? "light" : "dark";
    listener.on_theme();
    show_theme();
  });
  show_theme();
  const annotate = el("button", { type: "button", class: "annotate" }, "Annotate…");
  annotate.addEventListener("click", () => listener.on_annotate());
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "What the curves show" },
    segmented("Clock", kClocks, settings.clock, (clock) => {
      settings.clock = clock;
      listener.on_settings();
    }),
    segmented("Score", kMeasures, settings.measure, (measure) => {
      settings.measure = measure;
      listener.on_settings();
    }),
    el("span", { class: "spring" }),
    annotate,
    theme,
  );
}
