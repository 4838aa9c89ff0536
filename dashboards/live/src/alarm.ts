// What changed the verdict of a task: the evidence, the stream in its window, the items it lost.
import type { Annotation, ExplainedChange, LostAnswer, StreamWindow, Task } from "./model";
import { counted, score, slope, whole } from "./words";

export type Row = [name: string, value: string, note?: string];

const kShownLost = 6;

function events_of(window: StreamWindow): string[] {
  const met: [number, string][] = [
    [window.rejected, "rejected record"],
    [window.gaps, "gap"],
    [window.duplicates, "duplicate"],
    [window.non_finite, "non-finite number"],
    [window.restarts, "restart"],
  ];
  const events = met
    .filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun));
  if (window.silent_seconds > 0) events.push(`silent for ${Math.round(window.silent_seconds)} s`);
  return events;
}

function stream_rows(window: StreamWindow, annotations: Annotation[]): Row[] {
  const { from_time, to_time, log_loss, log_loss_before } = window;
  const took =
    from_time !== null && to_time !== null ? ` in ${Math.round(to_time - from_time)} s` : "";
  const events = events_of(window);
  for (const each of annotations) {
    if (each.step >= window.from_step && each.step <= window.to_step) {
      events.push(`“${each.text}” at step ${whole(each.step)}`);
    }
  }
  const rows: Row[] = [
    [
      "stream in that window",
      `${counted(window.examples, "example")}${took}`,
      events.length > 0 ? events.join(", ") : "none left out, no restart, no silence",
    ],
  ];
  if (log_loss !== null) {
    const before =
      log_loss_before === null
        ? "before each example was learned"
        : `${score(log_loss_before)} over as many doublings before`;
    rows.push(["loss on new examples", `${score(log_loss)} nats`, before]);
  }
  return rows;
}

const lost_words = ({ question, answer, given }: LostAnswer): string =>
  `${question} ${answer}${given === null ? "" : `, answered ${given === "" ? "nothing" : given}`}`;

function lost_row(change: ExplainedChange): Row {
  const lost = change.items_lost.length;
  const told = change.lost_answers.slice(0, kShownLost).map(lost_words);
  const more = told.length > 0 && lost > told.length ? "; …" : "";
  return [
    "against the best snapshot",
    `${counted(lost, "item")} lost`,
    `${change.items_gained} gained${told.length > 0 ? `; lost: ${told.join("; ")}${more}` : ""}`,
  ];
}

/** The evidence of the newest change of a task. */
export function change_rows(task: Task, annotations: Annotation[]): Row[] {
  const change = task.last_change;
  if (!change) return [];
  const own = `${whole(change.own_step)} of its own`;
  const rows: Row[] = [
    ["last change", `${change.from} → ${change.to}`, `at step ${whole(change.step)}, ${own}`],
    ["score at the change", score(change.score)],
  ];
  const { log_e, threshold } = change.evidence;
  const by_detector = log_e !== null && threshold !== null && log_e >= threshold;
  if (by_detector) {
    rows.push(
      ["rate before", `${slope(change.slope_before)} per doubling`],
      [
        "rate found",
        `${slope(change.slope_now)} per doubling`,
        `in the window from step ${whole(change.window_from_step ?? 0)}`,
      ],
      ["evidence", `${log_e.toFixed(1)} nats`, `${threshold.toFixed(1)} were needed`],
    );
  } else if (change.to === "mastered") {
    rows.push(["decided by", "its interval", "the lower bound reached the target"]);
  } else if (change.to === "regressing") {
    const left = change.window_from_step;
    const since = left === null ? "" : `, where it was last at step ${whole(left)}`;
    rows.push(["decided by", "its interval", `the upper bound stayed below the target${since}`]);
  }
  if (change.stream) rows.push(...stream_rows(change.stream, annotations));
  rows.push(lost_row(change));
  return rows;
}
