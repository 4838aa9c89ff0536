import { el } from "./dom";
import type { Verdict } from "./model";
import { BOLT, GLYPH, MEANING } from "./words";

const VERDICTS: Verdict[] = ["dormant", "learning", "mastered", "stalled", "regressing"];

const line = (kind: string, text: string): HTMLElement =>
  el("li", {}, el("i", { class: `key key-${kind}`, "aria-hidden": true }), text);

const verdict = (name: Verdict): HTMLElement =>
  el(
    "li",
    { title: MEANING[name] },
    el("i", { class: "mark", "data-verdict": name, "aria-hidden": true }, GLYPH[name]),
    name,
  );

/** How to read the charts. */
export function legend(): HTMLElement {
  return el(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    ...VERDICTS.map(verdict),
    line("target", "target"),
    line("floor", "format floor"),
    line("chance", "chance"),
    line("band", "95 % now"),
    el(
      "li",
      {},
      el("i", { class: "mark foretold", "aria-hidden": true }, "⊢◇⊣"),
      "target foretold, 80 %",
    ),
    el("li", {}, el("i", { class: "mark note", "aria-hidden": true }, "⚑"), "annotation"),
    el("li", {}, el("i", { class: "mark fault", "aria-hidden": true }, BOLT), "fault"),
  );
}
