import { el, setAttribute, setText } from "./dom";
import type { Verdict } from "./model";
import { GLYPH, MEANING } from "./words";

/** A verdict as shape, word and, on hovering, meaning. */
export class Chip {
  private readonly glyph = el("span", { class: "glyph", "aria-hidden": true });
  private readonly word = el("span");
  readonly element = el("span", { class: "chip" }, this.glyph, this.word);

  update(verdict: Verdict): void {
    setAttribute(this.element, "data-verdict", verdict);
    setAttribute(this.element, "title", MEANING[verdict]);
    setText(this.glyph, GLYPH[verdict]);
    setText(this.word, verdict);
  }
}
