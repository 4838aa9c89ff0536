// The ladder of the page: the curves and the panels of all tiers.
import type { Scene } from "./scene";
import { Curve } from "./curve";
import { el } from "./dom";
import { fetchHistory } from "./feed";
import { foretoldEnd } from "./forecast_mark";
import type { Annotation, Progress, TaskChange } from "./model";
import { Painter } from "./painter";
import { commonSpan } from "./scale";
import type { Settings } from "./settings";
import { readPalette } from "./theme";
import { TierPanel } from "./tier_panel";

const HISTORY_POINTS = 400;

export class Ladder {
  private readonly panels = new Map<string, TierPanel>();
  private readonly curves = new Map<string, Curve>();
  private readonly painter = new Painter();
  private palette = readPalette();
  private progress: Progress | null = null;
  private known = "";
  readonly element = el("div", { class: "ladder" });

  constructor(
    private readonly settings: Settings,
    private readonly onHistory: () => void,
  ) {}

  /** Takes a report; true where the ladder or the run is another one than before. */
  update(progress: Progress): boolean {
    const isNew = this.rebuildIfOther(progress);
    this.progress = progress;
    for (const task of progress.tasks) this.curves.get(task.task)?.append(task);
    this.refresh();
    this.painter.request();
    return isNew;
  }

  addChange(change: TaskChange): void {
    this.curves.get(change.task)?.addChange(change);
  }

  /** The settings or the theme are others: everything is drawn again, at once. */
  redraw(): void {
    this.palette = readPalette();
    this.refresh();
    this.painter.soon();
  }

  /** Draws every curve, even hidden ones: for the printer. */
  drawAll(): void {
    this.painter.paintAll();
  }

  /** Fetches every curve, those on the screen first; false where some could not be had. */
  async fetchAll(): Promise<boolean> {
    const tasks = this.progress?.tasks ?? [];
    const onScreen = (task: string): boolean => {
      const box = document.getElementById(`task-${task}`)?.getBoundingClientRect();
      return box !== undefined && box.top < window.innerHeight && box.bottom > 0;
    };
    const names = tasks.map((task) => task.task);
    names.sort((a, b) => Number(onScreen(b)) - Number(onScreen(a)));
    let whole = true;
    const next = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const history = await fetchHistory(name, HISTORY_POINTS);
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
    this.onHistory();
    return whole;
  }

  /** Fetches the answers to the items of every task, even of those that were never opened. */
  async fetchItems(): Promise<void> {
    await Promise.all([...this.panels.values()].map((panel) => panel.fetchItems()));
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
    const ahead = foretoldEnd(progress.tasks, progress.step);
    const span = commonSpan(this.curves.values(), settings.clock, progress.step, ahead);
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

  private rebuildIfOther(progress: Progress): boolean {
    const names = progress.tasks.map((task) => `${task.tier}/${task.task}`).join(" ");
    const known = `${progress.run}\n${progress.attempt}\n${names}`;
    const wentBack = this.progress !== null && progress.step < this.progress.step;
    if (known === this.known && !wentBack) return false;
    const otherTasks = !this.known.endsWith(`\n${names}`);
    this.known = known;
    if (otherTasks) this.rebuild(progress);
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
