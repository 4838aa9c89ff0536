// How numbers and verdicts are said.
import type { Verdict } from "./model";

export const MEANING: Record<Verdict, string> = {
  dormant: "no growth proven yet: too few probes, or too small a rise",
  learning: "the score grows",
  stalled:
    "slowed below half of its recent rate, too slow to reach the target within two doublings",
  regressing: "the score falls",
  mastered: "the target is reached",
};

/** A shape for each verdict, so that none is told by colour alone. */
export const GLYPH: Record<Verdict, string> = {
  dormant: "○",
  learning: "▲",
  stalled: "■",
  regressing: "▼",
  mastered: "✓",
};

/** Of a fault; as text, not as a picture. */
export const BOLT = "\u26A1\uFE0E";

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const MISSING = "–";

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "carry_two" -> "carry two". */
export const spoken = (name: string): string => name.replaceAll("_", " ");

/** "1,600,000". */
export const whole = (value: number | null | undefined): string =>
  value === null || value === undefined ? MISSING : grouped.format(value);

/** "0.62". */
export const score = (value: number | null | undefined): string =>
  value === null || value === undefined ? MISSING : value.toFixed(2);

/** "+0.14", "−0.02", "0.00". */
export function slope(value: number | null | undefined): string {
  if (value === null || value === undefined) return MISSING;
  const size = Math.abs(value).toFixed(2);
  if (size === "0.00") return size;
  return (value > 0 ? "+" : "−") + size;
}

/** "62 %", "0.9 %", "below 0.1 %" for what is little but not nothing. */
export function percent(share: number | null): string {
  if (share === null) return MISSING;
  if (share > 0 && share < 0.001) return "below 0.1 %";
  return `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;
}

/** "12:03:04", as the clock of the viewer has it. */
export const clockTime = (seconds: number): string =>
  new Date(1000 * seconds).toLocaleTimeString("en-GB");

const UNITS = [
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
  [1, ""],
] as const;

/** A step in two or three figures: "63", "125", "16k", "4.1M", "131M". */
export function shortStep(step: number): string {
  const [unit, sign] = UNITS.find(([size]) => step / size >= 0.9995) ?? [1, ""];
  const share = step / unit;
  return Number(share.toPrecision(share >= 100 ? 3 : 2)) + sign;
}

/** "43 s", "12 min", "3 h". */
export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** "just now", "43 s ago". */
export const ago = (seconds: number): string =>
  seconds < 2 ? "just now" : `${duration(seconds)} ago`;

/** For a verdict from before the detectors were re-armed. */
export const rearmed = (step: number): string => `from before the re-arming at ${whole(step)}`;

/** "1 item", "3 items". */
export const counted = (count: number, noun: string): string =>
  `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
