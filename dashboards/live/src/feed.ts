// The connection to gradus: one stream of events, and the history of each curve whenever it starts over.
import type { Annotation, History, Items, Progress, TaskChange } from "./model";
import { readProgress } from "./model";

export type Link = "connecting" | "live" | "lost" | "ended";

export interface FeedListener {
  onProgress(progress: Progress): void;
  onChange(change: TaskChange): void;
  /** The stream is open, for the first time or again: what was missed must be fetched. */
  onOpen(): void;
  onLink(link: Link): void;
  /** The server is about to go: what is still wanted of it must be fetched now. */
  onBye(): Promise<void>;
}

const SILENCE = 10_000; // ms; the server speaks every 2 s
const RETRY = 10_000; // where the server has refused; it asks for that much in its Retry-After
const RETURN = 2_000; // where it has gone, and may be started again

/** Follows /api/v1/events for as long as the page lives. */
export class Feed {
  private source: EventSource | null = null;
  private watchdog = 0;
  private saidBye = false;

  constructor(private readonly listener: FeedListener) {}

  open(): void {
    this.pause();
    const source = new EventSource("api/v1/events");
    this.source = source;
    source.onopen = () => {
      this.saidBye = false;
      this.listener.onLink("live");
      this.listener.onOpen();
      this.expectLife();
    };
    source.addEventListener("progress", (event) => {
      const progress = readProgress((event as MessageEvent<string>).data);
      if (progress) this.listener.onProgress(progress);
      this.expectLife();
    });
    source.addEventListener("change", (event) => {
      this.listener.onChange(JSON.parse((event as MessageEvent<string>).data) as TaskChange);
    });
    source.addEventListener("bye", () => {
      this.saidBye = true;
      // It waits for those who keep the stream open, but not for long.
      void this.listener.onBye().then(() => {
        if (!this.saidBye || this.source !== source) return;
        source.close();
        this.lost(source);
      });
    });
    source.onerror = () => this.lost(source);
  }

  /** Closes the connection while the page is hidden. */
  pause(): void {
    window.clearTimeout(this.watchdog);
    this.source?.close();
    this.source = null;
  }

  /** Reopens a connection that died silently (a sleeping laptop). */
  private expectLife(): void {
    window.clearTimeout(this.watchdog);
    this.watchdog = window.setTimeout(() => {
      this.listener.onLink("lost");
      this.open();
    }, SILENCE);
  }

  private lost(source: EventSource): void {
    window.clearTimeout(this.watchdog);
    this.listener.onLink(this.saidBye ? "ended" : "lost");
    // The browser tries again by itself, but not after an answer that is no stream of events.
    if (source.readyState !== EventSource.CLOSED) return;
    this.watchdog = window.setTimeout(() => this.open(), this.saidBye ? RETURN : RETRY);
  }
}

async function get<T>(path: string): Promise<T | null> {
  try {
    const answer = await fetch(path, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null; // the connection is lost: it is asked for again when it is back
  }
}

export const fetchHistory = (task: string, points: number): Promise<History | null> =>
  get<History>(`api/v1/history?task=${encodeURIComponent(task)}&points=${points}`);

export const fetchItems = (task: string): Promise<Items | null> =>
  get<Items>(`api/v1/items?task=${encodeURIComponent(task)}`);

/** Declares an event; answers with it, or with the reason why not. */
export async function postAnnotation(
  text: string,
  rearm: boolean,
): Promise<{ done: Annotation } | { reason: string }> {
  try {
    const answer = await fetch("api/v1/annotations", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, rearm }),
    });
    const body = (await answer.json()) as Annotation & { error?: string };
    return answer.ok ? { done: body } : { reason: body.error ?? `status ${answer.status}` };
  } catch {
    return { reason: "gradus cannot be reached" };
  }
}
