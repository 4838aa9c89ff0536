// The top of the page: how the learning stands, and how the stream is.
import { el, setAttribute, setText } from "./dom";
import type { Link } from "./feed";
import type { Progress } from "./model";
import { ago, clockTime, duration, percent, spoken, whole } from "./words";

const LINK: Record<Link, string> = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost, trying again",
  ended: "gradus has ended",
};

class Fact {
  private readonly value = el("dd");
  private readonly name: HTMLElement;
  readonly element: HTMLElement;

  constructor(name: string) {
    this.name = el("dt", {}, name);
    this.element = el("div", {}, this.name, this.value);
  }

  update(text: string, isTrouble = false): void {
    setText(this.value, text);
    setAttribute(this.element, "data-trouble", isTrouble ? "" : null);
  }

  hide(hidden: boolean): void {
    this.element.hidden = hidden;
  }
}

export class Hero {
  private readonly run = el("span", { class: "run" });
  private readonly link = el("span", { class: "link", role: "status" });
  private readonly silence = el("p", { class: "silence", role: "status", hidden: true });
  private readonly probing = el("p", { class: "probing" });
  private readonly headline = el("h1");
  private readonly step = new Fact("step");
  private readonly rate = new Fact("examples per second");
  private readonly lag = new Fact("lag");
  private readonly rejected = new Fact("rejected");
  private readonly checkpoint = new Fact("last checkpoint");
  private readonly accuracy = new Fact("right so far");
  private readonly facts = [
    this.step,
    this.rate,
    this.lag,
    this.rejected,
    this.checkpoint,
    this.accuracy,
  ];
  readonly element = el(
    "div",
    { class: "hero" },
    el("p", { class: "run-line" }, el("b", {}, "Gradus"), this.run, this.link),
    this.headline,
    this.silence,
    el("dl", { class: "facts" }, ...this.facts.map((fact) => fact.element)),
    this.probing,
  );

  private state: Link = "connecting";

  /** How the connection is; of figures that are no longer renewed it says how old they are. */
  showLink(link: Link, progress: Progress | null): void {
    this.state = link;
    const asOf = this.isRenewed || !progress ? "" : `; figures of ${clockTime(progress.time)}`;
    setText(this.link, LINK[link] + asOf);
    setAttribute(this.link, "data-link", link);
    if (progress) this.update(progress);
  }

  private get isRenewed(): boolean {
    return this.state === "live" || this.state === "connecting";
  }

  update(progress: Progress): void {
    const { learner, stream } = progress;
    const attempt = progress.attempt > 1 ? `, attempt ${progress.attempt}` : "";
    setText(this.run, progress.run + attempt);
    setText(this.headline, progress.headline || headlineWithoutServer(progress));
    this.step.update(whole(progress.step));
    // A run that was stopped has left its stream, which may well go on.
    const end = stream?.ended ? "stream ended" : this.state === "ended" ? "stopped" : null;
    const silent = end === null ? (stream?.silent_seconds ?? null) : null;
    const apart = end === null && stream !== null && !stream.connected;
    this.silence.hidden = silent === null;
    if (silent !== null) setText(this.silence, `no records for ${duration(silent)}`);
    this.rate.update(end ?? whole(stream?.examples_per_second), apart || silent !== null);
    this.lag.update(stream?.lag == null ? "unknown" : whole(stream.lag));
    this.lag.hide(stream?.lag == null);
    const reasons = Object.entries(stream?.rejected ?? {});
    const rejected = reasons.map(([reason, count]) => `${whole(count)} ${spoken(reason)}`);
    this.rejected.update(rejected.join(", ") || "none", reasons.length > 0);
    const saved = learner?.last_checkpoint ?? null;
    const when = (time: number): string =>
      this.isRenewed ? ago(progress.time - time) : clockTime(time);
    this.checkpoint.update(saved === null ? "none yet" : when(saved));
    const learned = learner !== null && learner.examples > 0;
    this.accuracy.update(learned ? percent(learner.correct / learner.examples) : "–");
    this.accuracy.hide(!learned || progress.tasks.length > 0);
    // Whoever waits for an alarm must know whether there can be one.
    setText(this.probing, progress.probing?.words ?? "");
  }
}

/** For a server that sends no sentence. */
function headlineWithoutServer(progress: Progress): string {
  if (progress.tasks.length === 0) return "Waiting for the first probe.";
  const mastered = progress.tasks.filter((task) => task.verdict === "mastered").length;
  return `${mastered} of ${progress.tasks.length} tasks are mastered.`;
}
