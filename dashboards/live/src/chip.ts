import { el, set_attribute, set_text } from "./dom";
import type { Verdict } from "./model";
import { kGlyph, kMeaning } from "./words";

/** A verdict as shape, word and, on hovering, meaning. */
export class Chip {
  private readonly glyph = el("span", { class: "glyph", "aria-hidden": true });
  private readonly word = el("span");
  readonly element = el("span", { class: "chip" }, this.glyph, this.word);

  update(verdict: Verdict): void {
    set_attribute(this.element, "data-verdict", verdict);
    set_attribute(this.element, "title", kMeaning[verdict]);
    set_text(this.glyph, kGlyph[verdict]);
    set_text(this.word, verdict);
  }
}
