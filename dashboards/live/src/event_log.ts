// What happened: changes of verdicts and annotations, the newest first.
import { el, setAttribute } from "./dom";
import type { Annotation, Change } from "./model";
import { BOLT, GLYPH, score, spoken, whole } from "./words";

const SHOWN = 40;

export interface TaskHistory {
  name: string;
  changes: Change[];
}

interface Line {
  step: number;
  time: number | null;
  content: HTMLElement[];
}

function changeLine(name: string, change: Change): Line {
  const glyph = el("i", { class: "mark", "aria-hidden": true }, GLYPH[change.to]);
  setAttribute(glyph, "data-verdict", change.to);
  const words = `${change.from} → ${change.to} at ${score(change.score)}`;
  return {
    step: change.step,
    time: change.time,
    content: [glyph, el("b", {}, spoken(name)), el("span", {}, words)],
  };
}

function noteLine(note: Annotation): Line {
  const isFault = note.kind === "fault";
  const words = isFault
    ? "the demo breaks itself"
    : note.rearm
      ? "annotation, detectors re-armed"
      : "annotation";
  return {
    step: note.step,
    time: note.time,
    content: [
      el(
        "i",
        { class: `mark ${isFault ? "fault" : "note"}`, "aria-hidden": true },
        isFault ? BOLT : "⚑",
      ),
      el("b", {}, note.text),
      el("span", {}, words),
    ],
  };
}

const clockTime = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

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
    const lines = notes.map(noteLine);
    for (const task of tasks) {
      for (const change of task.changes) lines.push(changeLine(task.name, change));
    }
    this.element.hidden = lines.length === 0;
    lines.sort((a, b) => b.step - a.step || (b.time ?? 0) - (a.time ?? 0));
    // The server gives the newest annotations only, so their number alone may stand still.
    const state = lines
      .slice(0, SHOWN)
      .map((line) => `${line.step} ${line.time}`)
      .join();
    if (state === this.shown) return;
    this.shown = state;
    this.list.replaceChildren(
      ...lines.slice(0, SHOWN).map((line) => {
        const at = line.time === null ? "" : clockTime.format(1000 * line.time);
        const step = el("span", { class: "when", title: at }, whole(line.step));
        return el("li", {}, step, ...line.content);
      }),
    );
  }
}
