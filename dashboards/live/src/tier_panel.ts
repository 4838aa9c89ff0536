// A tier: its verdict, and the cards of its tasks in rows as even as they can be.
import { Card } from "./card";
import { Chip } from "./chip";
import { Detail } from "./detail";
import { el, set_text } from "./dom";
import type { Scene } from "./chart";
import type { Task, Tier } from "./model";
import { chance } from "./forecast";
import { capital, score } from "./words";

const kNarrowest = 240; // px that a card needs
const kGap = 14;

/** As few rows as the width allows, filled as evenly as can be. */
export function columns_for(cards: number, width: number): number {
  const most = Math.max(1, Math.floor((width + kGap) / (kNarrowest + kGap)));
  return Math.max(1, Math.ceil(cards / Math.ceil(cards / most)));
}

/** ", within one doubling: 12 % to 35 %": that all tasks of the tier are at their targets. */
function outlook({ belief, verdict }: Tier): string {
  if (!belief || verdict === "mastered") return "";
  const [least, most] = [chance(belief.lower), chance(belief.upper)];
  const range = least === most ? least : `${least} to ${most}`;
  return `, within one doubling: ${range}`;
}

export class TierPanel {
  private readonly chip = new Chip();
  private readonly watch = el("span", { class: "watch", hidden: true }, "watch this tier");
  private readonly summary = el("span", { class: "summary" });
  private readonly grid = el("div", { class: "cards" });
  private readonly cards_by_task = new Map<string, { card: Card; detail: Detail }>();
  readonly element: HTMLElement;

  constructor(tier: Tier, tasks: Task[], on_open: (task: string) => void) {
    const id = `tier-${tier.tier}`;
    const title = capital(tier.title);
    for (const task of tasks) this.add(task, on_open);
    this.element = el(
      "section",
      { class: "tier", id, "aria-labelledby": `${id}-title`, tabindex: -1 },
      el("header", {}, el("h2", { id: `${id}-title` }, title), this.chip.element, this.watch, this.summary),
      this.grid,
    );
    new ResizeObserver(() => this.lay_out()).observe(this.grid);
  }

  get cards(): Card[] {
    return [...this.cards_by_task.values()].map((each) => each.card);
  }

  update(tier: Tier, scenes: Scene[], is_frontier: boolean): void {
    this.chip.update(tier.verdict);
    this.watch.hidden = !is_frontier;
    const mastered = scenes.filter((scene) => scene.task.verdict === "mastered").length;
    const asked = scenes.some(({ task }) => task.score !== null);
    const mean = asked ? `, mean ${score(tier.score)}` : "";
    set_text(this.summary, `${mastered} of ${scenes.length} mastered${mean}${outlook(tier)}`);
    for (const scene of scenes) {
      const found = this.cards_by_task.get(scene.task.task);
      found?.card.update(scene);
      found?.detail.update(scene.task, scene.calibration, scene.annotations);
    }
  }

  async fetch_items(): Promise<void> {
    const details = [...this.cards_by_task.values()].map((each) => each.detail);
    await Promise.all(details.map((detail) => detail.fetch_items()));
  }

  private add(task: Task, on_open: (task: string) => void): void {
    const id = `detail-${task.task}`;
    const toggle = (): void => {
      detail.toggle();
      card.set_expanded(detail.is_open);
      if (detail.is_open) on_open(task.task);
      else card.focus();
    };
    const card = new Card(task, id, toggle);
    const detail = new Detail(task, id, toggle);
    this.cards_by_task.set(task.task, { card, detail });
    this.grid.append(card.element, detail.element);
  }

  private lay_out(): void {
    const columns = columns_for(this.cards_by_task.size, this.grid.clientWidth);
    const template = `repeat(${columns}, minmax(0, 1fr))`;
    if (this.grid.style.gridTemplateColumns !== template) {
      this.grid.style.gridTemplateColumns = template;
    }
  }
}
