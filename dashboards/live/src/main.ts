// The live page: wires the feed to what is shown.
import { AnnotationBox } from "./annotate";
import { CalibrationView } from "./calibration";
import { el, setAttribute, setText } from "./dom";
import { EventLog } from "./event_log";
import { Feed } from "./feed";
import type { Link } from "./feed";
import { Hero } from "./hero";
import { Ladder } from "./ladder";
import { legend } from "./legend";
import type { Progress, TaskChange } from "./model";
import { readProgress } from "./model";
import { Overview } from "./overview";
import { loadSettings, saveSettings } from "./settings";
import { applyTheme, onSystemTheme } from "./theme";
import { toolbar } from "./toolbar";
import { spoken } from "./words";

const settings = loadSettings();
applyTheme(settings.theme);

const hero = new Hero();
const overview = new Overview();
const events = new EventLog();
const calibration = new CalibrationView();
const news = el("p", { class: "unseen", role: "status" });
const empty = el("p", { class: "empty", hidden: true });
const budget = el("p", { class: "budget" });
const ladder = new Ladder(settings, () => showEvents());
let newest: Progress | null = null;
let hasGaps = false; // since the connection was lost, or never was
let catchingUp = Promise.resolve();

const box = new AnnotationBox((annotation) => {
  if (!newest || newest.annotations.some((each) => each.id === annotation.id)) return;
  show({ ...newest, annotations: [...newest.annotations, annotation] });
});

const recolour = (): void => {
  applyTheme(settings.theme);
  ladder.redraw();
};
const bar = toolbar(settings, {
  onSettings: () => {
    saveSettings(settings);
    ladder.redraw();
  },
  onTheme: () => {
    saveSettings(settings);
    recolour();
  },
  onAnnotate: () => box.open(),
});
onSystemTheme(recolour);
window.addEventListener("beforeprint", () => ladder.drawAll());

const page = document.getElementById("page")!;
page.append(
  el("a", { class: "skip", href: "#ladder" }, "to the curves"),
  el("header", { class: "top" }, hero.element, overview.element),
  el("div", { class: "bar-row" }, bar, legend()),
  el(
    "main",
    { id: "ladder", tabindex: -1 },
    empty,
    ladder.element,
    calibration.element,
    events.element,
  ),
  el(
    "footer",
    { class: "foot" },
    budget,
    el("a", { href: "api/v1/progress" }, "progress as JSON"),
    el("a", { href: "metrics" }, "metrics"),
    el("span", {}, "← → on a card's button walk along its curve, with ⇧ ten points at a time"),
  ),
  box.element,
  news,
);

function showEvents(): void {
  events.update(ladder.histories(), newest?.annotations ?? []);
}

/** Shows a report; true where its curves must be fetched. */
function show(progress: Progress): boolean {
  newest = progress;
  hero.update(progress);
  const isNew = ladder.update(progress);
  if (isNew) overview.reset(progress);
  overview.update(progress);
  calibration.update(progress.calibration);
  setText(budget, progress.error_budget ?? "");
  showEvents();
  const hasTasks = progress.tasks.length > 0;
  overview.element.hidden = !hasTasks;
  empty.hidden = hasTasks;
  setText(empty, "Curves appear here with the first probe of a ladder's tasks.");
  setText(document.querySelector("title")!, `${progress.run} · Gradus`);
  return isNew;
}

const embedded = readProgress(document.getElementById("gradus-progress")?.textContent ?? "");
if (embedded) show(embedded);
hero.showLink("connecting", newest);

/** Figures that ought to be renewed and are not look like it; those of an ended run are its last. */
function showLink(link: Link): void {
  setAttribute(page, "data-stale", link === "lost" ? "" : null);
  hero.showLink(link, newest);
}

const feed = new Feed({
  onProgress: (progress: Progress) => {
    if (!show(progress) && !hasGaps) return;
    hasGaps = false;
    catchingUp = ladder.fetchAll().then((whole) => void (hasGaps ||= !whole));
  },
  onChange: (change: TaskChange) => {
    ladder.addChange(change);
    setText(news, `${spoken(change.task)}: ${change.from} to ${change.to}`);
    showEvents();
  },
  onOpen: () => (hasGaps = true),
  onLink: showLink,
  onBye: async () => {
    await Promise.all([catchingUp, ladder.fetchItems()]);
  },
});
feed.open();
document.addEventListener("visibilitychange", () => {
  if (document.hidden) feed.pause();
  else feed.open();
});
