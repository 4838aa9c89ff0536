#pragma once

#include <optional>

#include "describe/json_members.h"
#include "progress/report.h"

namespace gradus {

/// What a task of a progress document says of its target; nothing where it says nothing.
std::optional<Forecast> read_forecast(const Members& task);
/// What a task or a facet says of its threshold.
std::optional<Threshold> read_threshold(const Members& of);
/// What the document says of the forecasts that were scored; without any where it says nothing.
ForecastCalibration read_calibration(const Members& members);

}  // namespace gradus
