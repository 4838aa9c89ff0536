// The ladder of the page: the curves and the panels of all tiers.
import type { Scene } from "./chart";
import { Curve } from "./curve";
import { el } from "./dom";
import { fetch_history } from "./feed";
import type { TaskChange } from "./feed";
import { foretold_end } from "./forecast_mark";
import type { Annotation, Progress } from "./model";
import { Painter } from "./painter";
import { common_span } from "./scale";
import type { Settings } from "./settings";
import { read_palette } from "./theme";
import { TierPanel } from "./tier_panel";

const kHistoryPoints = 400;

export class Ladder {
  private readonly panels = new Map<string, TierPanel>();
  private readonly curves = new Map<string, Curve>();
  private readonly painter = new Painter();
  private palette = read_palette();
  private progress: Progress | null = null;
  private known = "";
  readonly element = el("div", { class: "ladder" });

  constructor(
    private readonly settings: Settings,
    private readonly on_history: () => void,
  ) {}

  /** Takes a report; true where the ladder or the run is another one than before. */
  update(progress: Progress): boolean {
    const is_new = this.rebuild_if_other(progress);
    this.progress = progress;
    for (const task of progress.tasks) this.curves.get(task.task)?.append(task);
    this.refresh();
    this.painter.request();
    return is_new;
  }

  add_change(change: TaskChange): void {
    this.curves.get(change.task)?.add_change(change);
  }

  /** The settings or the theme are others: everything is drawn again, at once. */
  redraw(): void {
    this.palette = read_palette();
    this.refresh();
    this.painter.soon();
  }

  /** Draws every curve, even hidden ones: for the printer. */
  draw_all(): void {
    this.painter.paint_all();
  }

  /** Fetches every curve, those on the screen first; false where some could not be had. */
  async fetch_all(): Promise<boolean> {
    const tasks = this.progress?.tasks ?? [];
    const on_screen = (task: string): boolean => {
      const box = document.getElementById(`task-${task}`)?.getBoundingClientRect();
      return box !== undefined && box.top < window.innerHeight && box.bottom > 0;
    };
    const names = tasks.map((task) => task.task);
    names.sort((a, b) => Number(on_screen(b)) - Number(on_screen(a)));
    let whole = true;
    const next = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const history = await fetch_history(name, kHistoryPoints);
        if (!history) {
          whole = false;
          continue;
        }
        this.curves.get(name)?.replace(history);
        this.refresh();
        this.painter.soon();
      }
    };
    await Promise.all([next(), next(), next()]);
    this.on_history();
    return whole;
  }

  /** Fetches the answers to the items of every task, even of those that were never opened. */
  async fetch_items(): Promise<void> {
    await Promise.all([...this.panels.values()].map((panel) => panel.fetch_items()));
  }

  histories(): { name: string; changes: Curve["changes"] }[] {
    const tasks = this.progress?.tasks ?? [];
    return tasks.map((task) => ({
      name: task.title,
      changes: this.curves.get(task.task)?.changes ?? [],
    }));
  }

  /** Hands every card what it has to show. */
  private refresh(): void {
    const { progress, settings, palette } = this;
    if (!progress) return;
    const ahead = foretold_end(progress.tasks, progress.step);
    const span = common_span(this.curves.values(), settings.clock, progress.step, ahead);
    const annotations: Annotation[] = progress.annotations;
    for (const tier of progress.tiers) {
      const scenes: Scene[] = progress.tasks
        .filter((task) => task.tier === tier.tier)
        .map((task) => ({
          task,
          curve: this.curves.get(task.task)!,
          annotations,
          clock: settings.clock,
          measure: settings.measure,
          span,
          palette,
          calibration: progress.calibration,
        }));
      this.panels.get(tier.tier)?.update(tier, scenes, tier.tier === progress.frontier);
    }
  }

  private rebuild_if_other(progress: Progress): boolean {
    const names = progress.tasks.map((task) => `${task.tier}/${task.task}`).join(" ");
    const known = `${progress.run}\n${progress.attempt}\n${names}`;
    const went_back = this.progress !== null && progress.step < this.progress.step;
    if (known === this.known && !went_back) return false;
    const other_tasks = !this.known.endsWith(`\n${names}`);
    this.known = known;
    if (other_tasks) this.rebuild(progress);
    else for (const curve of this.curves.values()) curve.clear();
    return true;
  }

  private rebuild(progress: Progress): void {
    this.painter.clear();
    this.panels.clear();
    this.curves.clear();
    this.element.replaceChildren();
    for (const task of progress.tasks) this.curves.set(task.task, new Curve());
    for (const tier of progress.tiers) {
      const tasks = progress.tasks.filter((task) => task.tier === tier.tier);
      const panel = new TierPanel(tier, tasks, () => this.refresh());
      this.panels.set(tier.tier, panel);
      this.element.append(panel.element);
      for (const card of panel.cards) this.painter.add(card);
    }
  }
}
