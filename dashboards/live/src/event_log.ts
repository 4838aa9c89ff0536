// What happened: changes of verdicts and annotations, the newest first.
import { el, set_attribute } from "./dom";
import type { Annotation, Change } from "./model";
import { kBolt, kGlyph, score, spoken, whole } from "./words";

const kShown = 40;

export interface TaskHistory {
  name: string;
  changes: Change[];
}

interface Line {
  step: number;
  time: number | null;
  content: HTMLElement[];
}

function change_line(name: string, change: Change): Line {
  const glyph = el("i", { class: "mark", "aria-hidden": true }, kGlyph[change.to]);
  set_attribute(glyph, "data-verdict", change.to);
  const words = `${change.from} → ${change.to} at ${score(change.score)}`;
  return {
    step: change.step,
    time: change.time,
    content: [glyph, el("b", {}, spoken(name)), el("span", {}, words)],
  };
}

function note_line(note: Annotation): Line {
  const is_fault = note.kind === "fault";
  const words = is_fault
    ? "the demo breaks itself"
    : note.rearm
      ? "annotation, detectors re-armed"
      : "annotation";
  return {
    step: note.step,
    time: note.time,
    content: [
      el("i", { class: `mark ${is_fault ? "fault" : "note"}`, "aria-hidden": true }, is_fault ? kBolt : "⚑"),
      el("b", {}, note.text),
      el("span", {}, words),
    ],
  };
}

const clock_time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export class EventLog {
  private readonly list = el("ol");
  private shown = "";
  readonly element = el(
    "section",
    { class: "events", "aria-labelledby": "events-title" },
    el("header", {}, el("h2", { id: "events-title" }, "What happened")),
    this.list,
  );

  update(tasks: TaskHistory[], notes: Annotation[]): void {
    const lines = notes.map(note_line);
    for (const task of tasks) {
      for (const change of task.changes) lines.push(change_line(task.name, change));
    }
    this.element.hidden = lines.length === 0;
    lines.sort((a, b) => b.step - a.step || (b.time ?? 0) - (a.time ?? 0));
    // The server gives the newest annotations only, so their number alone may stand still.
    const state = lines.slice(0, kShown).map((line) => `${line.step} ${line.time}`).join();
    if (state === this.shown) return;
    this.shown = state;
    this.list.replaceChildren(
      ...lines.slice(0, kShown).map((line) => {
        const at = line.time === null ? "" : clock_time.format(1000 * line.time);
        const step = el("span", { class: "when", title: at }, whole(line.step));
        return el("li", {}, step, ...line.content);
      }),
    );
  }
}
