// Light and dark, and the colours that the canvases need from the style sheet.
import type { Verdict } from "./model";
import type { Theme } from "./settings";

/** Colours of the charts, resolved for the theme of the moment. */
export interface Palette {
  ink: string;
  muted: string;
  grid: string;
  surface: string;
  target: string;
  floor: string;
  note: string;
  fault: string;
  font: string;
  verdict: Record<Verdict, string>;
}

const system = window.matchMedia("(prefers-color-scheme: dark)");

export const themeInForce = (chosen: Theme | null): Theme =>
  chosen ?? (system.matches ? "dark" : "light");

export const applyTheme = (chosen: Theme | null): void => {
  document.documentElement.dataset["theme"] = themeInForce(chosen);
};

export const onSystemTheme = (listener: () => void): void =>
  system.addEventListener("change", listener);

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour("ink"),
    muted: colour("muted"),
    grid: colour("grid"),
    surface: colour("surface"),
    target: colour("target"),
    floor: colour("floor"),
    note: colour("note"),
    fault: colour("fault"),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    verdict: {
      dormant: colour("dormant"),
      learning: colour("learning"),
      stalled: colour("stalled"),
      regressing: colour("regressing"),
      mastered: colour("mastered"),
    },
  };
}
