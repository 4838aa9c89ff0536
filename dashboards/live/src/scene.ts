// What one chart shows: the ladder makes it, panels and cards hand it on, the chart and its marks
// draw it.
import type { Curve } from "./curve";
import type { Annotation, Calibration, Task } from "./model";
import type { Span } from "./scale";
import type { Clock, Measure } from "./settings";
import type { Palette } from "./theme";

/** All that a chart shows. */
export interface Scene {
  task: Task;
  curve: Curve;
  annotations: Annotation[];
  clock: Clock;
  measure: Measure;
  span: Span;
  palette: Palette;
  calibration: Calibration | null;
}
