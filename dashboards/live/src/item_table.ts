// The items of a task: what was asked, what is right, what was answered, now and at its best.
import { el, setText } from "./dom";
import { fetchItems } from "./feed";
import type { Item } from "./model";
import { counted, score, whole } from "./words";

const SHOWN = 60;
const FRESH_FOR = 5_000; // ms between two fetches while the table is open

/** Wrong ones first, the least likely right answer on top. */
function byNeed(a: Item, b: Item): number {
  return Number(a.exact ?? false) - Number(b.exact ?? false) || (a.q ?? 0) - (b.q ?? 0);
}

function answerCell(given: string | null, exact: boolean | null): HTMLElement {
  if (given === null) return el("td", { class: "unknown" }, "–");
  const right = exact === true;
  return el(
    "td",
    { class: right ? "right" : "wrong" },
    el("span", { "aria-label": right ? "right:" : "wrong:" }, right ? "✓ " : "✗ "),
    given === "" ? el("i", {}, "empty") : given,
  );
}

function row(item: Item): HTMLElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, item.question),
    el("td", {}, item.answer),
    answerCell(item.given, item.exact),
    answerCell(item.best_given, item.best_exact),
    el("td", { class: "number" }, score(item.q)),
  );
}

export class ItemTable {
  private readonly caption = el("p", { class: "hint" }, "loading");
  private readonly body = el("tbody");
  private readonly all = el("button", { type: "button", class: "more", hidden: true });
  private items: Item[] = [];
  private showsAll = false;
  private fetchedStep = -1;
  private fetchedAt = -Infinity;
  private later = 0; // the timer of a fetch that was put off
  readonly element: HTMLElement;

  constructor(private readonly task: string) {
    const heads = ["question", "right answer", "given now", "given at best", "q"];
    const head = el("tr", {}, ...heads.map((each) => el("th", { scope: "col" }, each)));
    const table = el("table", {}, el("thead", {}, head), this.body);
    this.element = el(
      "div",
      { class: "items" },
      el("h4", {}, "Items"),
      this.caption,
      el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "items" }, table),
      this.all,
    );
    this.all.addEventListener("click", () => {
      this.showsAll = true;
      this.show();
    });
  }

  /** Fetches the answers given at a newer probe, a while after the last ones at the soonest. */
  async update(step: number): Promise<void> {
    window.clearTimeout(this.later);
    if (step === this.fetchedStep) return;
    const wait = this.fetchedAt + FRESH_FOR - performance.now();
    if (wait > 0) this.putOff(step, wait);
    else await this.fetch(step);
  }

  /** Fetches the answers given at the probe of `step` at once. */
  async fetch(step: number): Promise<void> {
    window.clearTimeout(this.later);
    if (step === this.fetchedStep) return;
    this.fetchedAt = performance.now();
    const answer = await fetchItems(this.task);
    if (!answer) {
      if (this.items.length === 0)
        setText(this.caption, "The answers cannot be had: gradus does not answer.");
      this.putOff(step, FRESH_FOR);
      return;
    }
    this.fetchedStep = step;
    this.items = answer.items.slice().sort(byNeed);
    const wrong = this.items.filter((item) => item.exact === false).length;
    setText(
      this.caption,
      `${wrong} of ${counted(this.items.length, "item")} wrong at step ${whole(answer.step)}, ` +
        `best snapshot at step ${whole(answer.best_step)}; wrong ones first`,
    );
    this.show();
  }

  /** There may be no further probe to ask for it. */
  private putOff(step: number, wait: number): void {
    this.later = window.setTimeout(() => {
      // A hidden table is fetched again when it is opened.
      if (this.element.offsetParent !== null) void this.update(step);
    }, wait);
  }

  private show(): void {
    const shown = this.showsAll ? this.items : this.items.slice(0, SHOWN);
    this.body.replaceChildren(...shown.map(row));
    this.all.hidden = shown.length === this.items.length;
    setText(this.all, `show all ${this.items.length}`);
  }
}
