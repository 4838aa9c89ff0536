// What changed the verdict of a task: the evidence, the stream in its window, the items it lost.
import type { Annotation, ExplainedChange, LostAnswer, StreamWindow, Task } from "./model";
import { counted, score, slope, whole } from "./words";

export type Row = [name: string, value: string, note?: string];

const SHOWN_LOST = 6;

function eventsOf(window: StreamWindow): string[] {
  const met: [number, string][] = [
    [window.rejected, "rejected record"],
    [window.gaps, "gap"],
    [window.duplicates, "duplicate"],
    [window.non_finite, "non-finite number"],
    [window.restarts, "restart"],
  ];
  const events = met.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun));
  if (window.silent_seconds > 0) events.push(`silent for ${Math.round(window.silent_seconds)} s`);
  return events;
}

function streamRows(window: StreamWindow, annotations: Annotation[]): Row[] {
  const {
    from_time: fromTime,
    to_time: toTime,
    log_loss: logLoss,
    log_loss_before: logLossBefore,
  } = window;
  const took = fromTime !== null && toTime !== null ? ` in ${Math.round(toTime - fromTime)} s` : "";
  const events = eventsOf(window);
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
  if (logLoss !== null) {
    const before =
      logLossBefore === null
        ? "before each example was learned"
        : `${score(logLossBefore)} over as many doublings before`;
    rows.push(["loss on new examples", `${score(logLoss)} nats`, before]);
  }
  return rows;
}

const lostWords = ({ question, answer, given }: LostAnswer): string =>
  `${question} ${answer}${given === null ? "" : `, answered ${given === "" ? "nothing" : given}`}`;

function lostRow(change: ExplainedChange): Row {
  const lost = change.items_lost.length;
  const told = change.lost_answers.slice(0, SHOWN_LOST).map(lostWords);
  const more = told.length > 0 && lost > told.length ? "; …" : "";
  return [
    "against the best snapshot",
    `${counted(lost, "item")} lost`,
    `${change.items_gained} gained${told.length > 0 ? `; lost: ${told.join("; ")}${more}` : ""}`,
  ];
}

/** The evidence of the newest change of a task. */
export function changeRows(task: Task, annotations: Annotation[]): Row[] {
  const change = task.last_change;
  if (!change) return [];
  const own = `${whole(change.own_step)} of its own`;
  const rows: Row[] = [
    ["last change", `${change.from} → ${change.to}`, `at step ${whole(change.step)}, ${own}`],
    ["score at the change", score(change.score)],
  ];
  const { log_e: logE, threshold } = change.evidence;
  const byDetector = logE !== null && threshold !== null && logE >= threshold;
  if (byDetector) {
    rows.push(
      ["rate before", `${slope(change.slope_before)} per doubling`],
      [
        "rate found",
        `${slope(change.slope_now)} per doubling`,
        `in the window from step ${whole(change.window_from_step ?? 0)}`,
      ],
      ["evidence", `${logE.toFixed(1)} nats`, `${threshold.toFixed(1)} were needed`],
    );
  } else if (change.to === "mastered") {
    rows.push(["decided by", "its interval", "the lower bound reached the target"]);
  } else if (change.to === "regressing") {
    const left = change.window_from_step;
    const since = left === null ? "" : `, where it was last at step ${whole(left)}`;
    rows.push(["decided by", "its interval", `the upper bound stayed below the target${since}`]);
  }
  if (change.stream) rows.push(...streamRows(change.stream, annotations));
  rows.push(lostRow(change));
  return rows;
}
