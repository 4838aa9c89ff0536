#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>

#include "describe/progress_document.h"
#include "history/history.h"
#include "progress/annotation.h"
#include "progress/report.h"

namespace gradus {

/// JSON has no NaN and no infinity: what is not a number is null.
nlohmann::ordered_json json_number(double value);
nlohmann::ordered_json json_number(const std::optional<double>& value);
/// Seconds since 1970; null for no time.
nlohmann::ordered_json json_seconds(Timestamp time);

/// The JSON objects of a task, a change of its verdict, an annotation and what became of the
/// forecasts, as docs/api.md lists them.
nlohmann::ordered_json task_json(const TaskProgress& task);
nlohmann::ordered_json change_json(const VerdictChange& change);
/// The change as the event tells it.
nlohmann::ordered_json task_change_json(const TaskChange& change);
nlohmann::ordered_json annotation_json(const Annotation& annotation);
nlohmann::ordered_json calibration_json(const ForecastCalibration& calibration);

/// How the learner stands; null where that is not known.
nlohmann::ordered_json learner_json(const std::optional<LearnerFigures>& learner);
/// How the stream stands.
nlohmann::ordered_json stream_json(const StreamFigures& stream);
/// What probes cost and how closely the tasks of the report are watched; null without probes.
nlohmann::ordered_json probing_json(const std::optional<ProbingFigures>& probing,
                                    const ProgressReport& report);
/// The points of a curve.
nlohmann::ordered_json curve_json(std::span<const CurvePoint> points);

}  // namespace gradus
