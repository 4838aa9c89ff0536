// When charts are drawn: only those that are seen, at most once a second.
import type { Card } from "./card";

const PERIOD = 1000; // ms

export class Painter {
  private readonly cards = new Map<Element, Card>();
  private timer = 0;
  private last = -Infinity;
  private readonly seen = new IntersectionObserver((entries) => this.onSeen(entries), {
    rootMargin: "120px",
  });
  private readonly sizes = new ResizeObserver(() => this.soon());

  add(card: Card): void {
    this.cards.set(card.element, card);
    this.seen.observe(card.element);
    this.sizes.observe(card.element);
  }

  clear(): void {
    this.seen.disconnect();
    this.sizes.disconnect();
    for (const card of this.cards.values()) card.destroy();
    this.cards.clear();
  }

  /** New data: draws within a second. */
  request(): void {
    const wait = this.last + PERIOD - performance.now();
    if (this.timer === 0) this.timer = window.setTimeout(() => this.paint(), Math.max(0, wait));
  }

  /** Somebody waits for it: draws with the next frame. */
  soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => requestAnimationFrame(() => this.paint()), 0);
  }

  /** Draws at once, also what is not seen. */
  paintAll(): void {
    for (const card of this.cards.values()) card.paint(true);
  }

  private paint(): void {
    this.timer = 0;
    this.last = performance.now();
    for (const card of this.cards.values()) card.paint();
  }

  private onSeen(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const card = this.cards.get(entry.target);
      if (card) card.isVisible = entry.isIntersecting;
    }
    this.soon();
  }
}
