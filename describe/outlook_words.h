#pragma once

#include <string>

#include "progress/report.h"

namespace gradus {

/// "82 %", never 0 or 100: nothing foretold is certain.
std::string chance_words(double belief);

/// "Reaches 0.90 in about 620k more examples (400k to 1.1M), if it gets there: 82 %."; empty where
/// the target is reached or nothing is foretold. Of an interval too wide to plan with only the
/// lower end.
std::string forecast_words(const TaskProgress& task);

/// Whether the moment of reaching the target is foretold closely enough to plan with, and not
/// unlikely.
bool is_foretold(const TaskProgress& task);
/// Of such a task, for a table: "0.90 in about 620k more (400k to 1.1M), chance 82 %".
std::string short_forecast_words(const TaskProgress& task);

/// What kind of threshold the curve has, with its figures: "Continuous: it grew bit by bit ...";
/// empty where it has no score.
std::string threshold_words(const TaskProgress& task);

/// How the forecasts of the run came out, in a sentence or two; "uncalibrated" while too few are
/// resolved.
std::string calibration_words(const ForecastCalibration& calibration);

}  // namespace gradus
