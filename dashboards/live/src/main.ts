// The live page: wires the feed to what is shown.
import { AnnotationBox } from "./annotate";
import { CalibrationView } from "./calibration";
import { el, set_attribute, set_text } from "./dom";
import { EventLog } from "./event_log";
import { Feed } from "./feed";
import type { Link, TaskChange } from "./feed";
import { Hero } from "./hero";
import { Ladder } from "./ladder";
import { legend } from "./legend";
import type { Progress } from "./model";
import { read_progress } from "./model";
import { Overview } from "./overview";
import { load_settings, save_settings } from "./settings";
import { apply_theme, on_system_theme } from "./theme";
import { toolbar } from "./toolbar";
import { spoken } from "./words";

const settings = load_settings();
apply_theme(settings.theme);

const hero = new Hero();
const overview = new Overview();
const events = new EventLog();
const calibration = new CalibrationView();
const news = el("p", { class: "unseen", role: "status" });
const empty = el("p", { class: "empty", hidden: true });
const budget = el("p", { class: "budget" });
const ladder = new Ladder(settings, () => show_events());
let newest: Progress | null = null;
let has_gaps = false; // since the connection was lost, or never was
let catching_up = Promise.resolve();

const box = new AnnotationBox((annotation) => {
  if (!newest || newest.annotations.some((each) => each.id === annotation.id)) return;
  show({ ...newest, annotations: [...newest.annotations, annotation] });
});

const recolour = (): void => {
  apply_theme(settings.theme);
  ladder.redraw();
};
const bar = toolbar(settings, {
  on_settings: () => {
    save_settings(settings);
    ladder.redraw();
  },
  on_theme: () => {
    save_settings(settings);
    recolour();
  },
  on_annotate: () => box.open(),
});
on_system_theme(recolour);
window.addEventListener("beforeprint", () => ladder.draw_all());

const page = document.getElementById("page")!;
page.append(
  el("a", { class: "skip", href: "#ladder" }, "to the curves"),
  el("header", { class: "top" }, hero.element, overview.element),
  el("div", { class: "bar-row" }, bar, legend()),
  el("main", { id: "ladder", tabindex: -1 }, empty, ladder.element, calibration.element, events.element),
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

function show_events(): void {
  events.update(ladder.histories(), newest?.annotations ?? []);
}

/** Shows a report; true where its curves must be fetched. */
function show(progress: Progress): boolean {
  newest = progress;
  hero.update(progress);
  const is_new = ladder.update(progress);
  if (is_new) overview.reset(progress);
  overview.update(progress);
  calibration.update(progress.calibration);
  set_text(budget, progress.error_budget ?? "");
  show_events();
  const has_tasks = progress.tasks.length > 0;
  overview.element.hidden = !has_tasks;
  empty.hidden = has_tasks;
  set_text(empty, "Curves appear here with the first probe of a ladder's tasks.");
  set_text(document.querySelector("title")!, `${progress.run} · Gradus`);
  return is_new;
}

const embedded = read_progress(document.getElementById("gradus-progress")?.textContent ?? "");
if (embedded) show(embedded);
hero.show_link("connecting", newest);

/** Figures that ought to be renewed and are not look like it; those of an ended run are its last. */
function show_link(link: Link): void {
  set_attribute(page, "data-stale", link === "lost" ? "" : null);
  hero.show_link(link, newest);
}

const feed = new Feed({
  on_progress: (progress: Progress) => {
    if (!show(progress) && !has_gaps) return;
    has_gaps = false;
    catching_up = ladder.fetch_all().then((whole) => void (has_gaps ||= !whole));
  },
  on_change: (change: TaskChange) => {
    ladder.add_change(change);
    set_text(news, `${spoken(change.task)}: ${change.from} to ${change.to}`);
    show_events();
  },
  on_open: () => (has_gaps = true),
  on_link: show_link,
  on_bye: async () => {
    await Promise.all([catching_up, ladder.fetch_items()]);
  },
});
feed.open();
document.addEventListener("visibilitychange", () => {
  if (document.hidden) feed.pause();
  else feed.open();
});
