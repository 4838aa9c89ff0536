// A tier: its verdict, and the cards of its tasks in rows as even as they can be.
import { Card } from "./card";
import { Chip } from "./chip";
import { Detail } from "./detail";
import { el, setText } from "./dom";
import type { Scene } from "./scene";
import type { Task, Tier } from "./model";
import { chance } from "./forecast";
import { capital, score } from "./words";

const NARROWEST = 240; // px that a card needs
const GAP = 14;

/** As few rows as the width allows, filled as evenly as can be. */
export function columnsFor(cards: number, width: number): number {
  const most = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
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
  private readonly cardsByTask = new Map<string, { card: Card; detail: Detail }>();
  readonly element: HTMLElement;

  constructor(tier: Tier, tasks: Task[], onOpen: (task: string) => void) {
    const id = `tier-${tier.tier}`;
    const title = capital(tier.title);
    for (const task of tasks) this.add(task, onOpen);
    this.element = el(
      "section",
      { class: "tier", id, "aria-labelledby": `${id}-title`, tabindex: -1 },
      el(
        "header",
        {},
        el("h2", { id: `${id}-title` }, title),
        this.chip.element,
        this.watch,
        this.summary,
      ),
      this.grid,
    );
    new ResizeObserver(() => this.layOut()).observe(this.grid);
  }

  get cards(): Card[] {
    return [...this.cardsByTask.values()].map((each) => each.card);
  }

  update(tier: Tier, scenes: Scene[], isFrontier: boolean): void {
    this.chip.update(tier.verdict);
    this.watch.hidden = !isFrontier;
    const mastered = scenes.filter((scene) => scene.task.verdict === "mastered").length;
    const asked = scenes.some(({ task }) => task.score !== null);
    const mean = asked ? `, mean ${score(tier.score)}` : "";
    setText(this.summary, `${mastered} of ${scenes.length} mastered${mean}${outlook(tier)}`);
    for (const scene of scenes) {
      const found = this.cardsByTask.get(scene.task.task);
      found?.card.update(scene);
      found?.detail.update(scene.task, scene.calibration, scene.annotations);
    }
  }

  async fetchItems(): Promise<void> {
    const details = [...this.cardsByTask.values()].map((each) => each.detail);
    await Promise.all(details.map((detail) => detail.fetchItems()));
  }

  private add(task: Task, onOpen: (task: string) => void): void {
    const id = `detail-${task.task}`;
    const toggle = (): void => {
      detail.toggle();
      card.setExpanded(detail.isOpen);
      if (detail.isOpen) onOpen(task.task);
      else card.focus();
    };
    const card = new Card(task, id, toggle);
    const detail = new Detail(task, id, toggle);
    this.cardsByTask.set(task.task, { card, detail });
    this.grid.append(card.element, detail.element);
  }

  private layOut(): void {
    const columns = columnsFor(this.cardsByTask.size, this.grid.clientWidth);
    const template = `repeat(${columns}, minmax(0, 1fr))`;
    if (this.grid.style.gridTemplateColumns !== template) {
      this.grid.style.gridTemplateColumns = template;
    }
  }
}
