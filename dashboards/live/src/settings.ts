// What the viewer has chosen; kept by the browser where it lets us.

export type Clock = "all" | "own";
export type Measure = "q" | "exact";
export type Theme = "light" | "dark";

export interface Settings {
  clock: Clock;
  measure: Measure;
  theme: Theme | null; // null: as the system has it
}

const kKey = "gradus";
const kDefaults: Settings = { clock: "all", measure: "q", theme: null };

export function load_settings(): Settings {
  try {
    return { ...kDefaults, ...(JSON.parse(localStorage.getItem(kKey) ?? "{}") as Partial<Settings>) };
  } catch {
    return { ...kDefaults };
  }
}

export function save_settings(settings: Settings): void {
  try {
    localStorage.setItem(kKey, JSON.stringify(settings));
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
