// What the viewer has chosen; kept by the browser where it lets us.

export type Clock = "all" | "own";
export type Measure = "q" | "exact";
export type Theme = "light" | "dark";

export interface Settings {
  clock: Clock;
  measure: Measure;
  theme: Theme | null; // null: as the system has it
}

const KEY = "gradus";
const DEFAULTS: Settings = { clock: "all", measure: "q", theme: null };

export function loadSettings(): Settings {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>) };
  } catch {
    return { ...DEFAULTS };
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
