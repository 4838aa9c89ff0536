// The ladder at a glance: a rung per tier, a mark per task, each a way to its panel.
import { Chip } from "./chip";
import { el, setAttribute, setText } from "./dom";
import type { Progress, Task } from "./model";
import { capital, GLYPH, score } from "./words";

class Rung {
  private readonly chip = new Chip();
  private readonly marks = el("span", { class: "marks" });
  private readonly name: HTMLElement;
  private readonly link: HTMLAnchorElement;
  readonly element: HTMLElement;

  constructor(title: string, anchor: string) {
    this.name = el("span", { class: "rung-name" }, title);
    this.link = el("a", { href: `#${anchor}` }, this.name, this.marks, this.chip.element);
    this.element = el("li", {}, this.link);
  }

  update(tasks: Task[], verdict: Task["verdict"]): void {
    this.chip.update(verdict);
    while (this.marks.childElementCount < tasks.length) {
      this.marks.append(el("i", { class: "mark", "aria-hidden": true }));
    }
    tasks.forEach((task, at) => {
      const mark = this.marks.children[at]!;
      setAttribute(mark, "data-verdict", task.verdict);
      setAttribute(mark, "title", `${task.task}: ${task.verdict}, ${score(task.score)}`);
      setText(mark, GLYPH[task.verdict]);
    });
  }
}

export class Overview {
  private readonly rungs = new Map<string, Rung>();
  private readonly list = el("ol");
  readonly element = el("nav", { class: "overview", "aria-label": "Tiers" }, this.list);

  /** Rebuilds the rungs for another ladder. */
  reset(progress: Progress): void {
    this.rungs.clear();
    this.list.replaceChildren();
    for (const tier of progress.tiers) {
      const rung = new Rung(capital(tier.title), `tier-${tier.tier}`);
      this.rungs.set(tier.tier, rung);
      this.list.append(rung.element);
    }
  }

  update(progress: Progress): void {
    for (const tier of progress.tiers) {
      const tasks = progress.tasks.filter((task) => task.tier === tier.tier);
      this.rungs.get(tier.tier)?.update(tasks, tier.verdict);
    }
  }
}
