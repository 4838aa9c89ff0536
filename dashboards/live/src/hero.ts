// The top of the page: how the learning stands, and how the stream is.
import { el, set_attribute, set_text } from "./dom";
import type { Link } from "./feed";
import type { Progress } from "./model";
import { ago, clock_time, percent, spoken, whole } from "./words";

const kLink: Record<Link, string> = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost, trying again",
  ended: "gradus has stopped, waiting for it",
};

class Fact {
  private readonly value = el("dd");
  private readonly name: HTMLElement;
  readonly element: HTMLElement;

  constructor(name: string) {
    this.name = el("dt", {}, name);
    this.element = el("div", {}, this.name, this.value);
  }

  update(text: string, is_trouble = false): void {
    set_text(this.value, text);
    set_attribute(this.element, "data-trouble", is_trouble ? "" : null);
  }

  hide(hidden: boolean): void {
    this.element.hidden = hidden;
  }
}

export class Hero {
  private readonly run = el("span", { class: "run" });
  private readonly link = el("span", { class: "link", role: "status" });
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
    el("dl", { class: "facts" }, ...this.facts.map((fact) => fact.element)),
  );

  /** `time` is that of the figures shown, where they are no longer renewed. */
  show_link(link: Link, time: number | null): void {
    const as_of = time === null ? "" : `; figures of ${clock_time(time)}`;
    set_text(this.link, kLink[link] + as_of);
    set_attribute(this.link, "data-link", link);
  }

  update(progress: Progress): void {
    const { learner, stream } = progress;
    const attempt = progress.attempt > 1 ? `, attempt ${progress.attempt}` : "";
    set_text(this.run, progress.run + attempt);
    set_text(this.headline, progress.headline || headline_without_server(progress));
    this.step.update(whole(progress.step));
    const silent = stream !== null && (!stream.connected || stream.ended);
    this.rate.update(
      stream?.ended ? "stream ended" : whole(stream?.examples_per_second),
      silent && !stream.ended,
    );
    this.lag.update(stream?.lag == null ? "unknown" : whole(stream.lag));
    this.lag.hide(stream?.lag == null);
    const reasons = Object.entries(stream?.rejected ?? {});
    const rejected = reasons.map(([reason, count]) => `${whole(count)} ${spoken(reason)}`);
    this.rejected.update(rejected.join(", ") || "none", reasons.length > 0);
    const saved = learner?.last_checkpoint ?? null;
    this.checkpoint.update(saved === null ? "none yet" : ago(progress.time - saved));
    const learned = learner !== null && learner.examples > 0;
    this.accuracy.update(learned ? percent(learner.correct / learner.examples) : "–");
    this.accuracy.hide(!learned || progress.tasks.length > 0);
  }
}

/** For a server that sends no sentence. */
function headline_without_server(progress: Progress): string {
  if (progress.tasks.length === 0) return "Waiting for the first probe.";
  const mastered = progress.tasks.filter((task) => task.verdict === "mastered").length;
  return `${mastered} of ${progress.tasks.length} tasks are mastered.`;
}
