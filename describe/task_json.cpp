#include "describe/task_json.h"

#include <nlohmann/json.hpp>

#include <cmath>

#include "describe/change_fields.h"
#include "describe/forecast_fields.h"
#include "describe/json_writer.h"
#include "describe/run_fields.h"
#include "describe/task_fields.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

/// Visitors may write, so the writer meets a copy.
template <typename Type>
Json json_of(Type value) {
  return write_json([&](FieldVisitor& visit) { fields(visit, value); });
}

}  // namespace

Json json_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json_number(const std::optional<double>& value) {
  return value ? json_number(*value) : Json(nullptr);
}

Json json_seconds(Timestamp time) {
  return time == Timestamp{} ? Json(nullptr) : Json(unix_seconds(time));
}

Json task_json(const TaskProgress& task) { return json_of(task); }

Json change_json(const VerdictChange& change) { return json_of(change); }

Json task_change_json(const TaskChange& change) { return json_of(change); }

Json annotation_json(const Annotation& annotation) { return json_of(annotation); }

Json calibration_json(const ForecastCalibration& calibration) { return json_of(calibration); }

Json learner_json(const std::optional<LearnerFigures>& learner) {
  return learner ? json_of(*learner) : Json(nullptr);
}

Json stream_json(const StreamFigures& stream) { return json_of(stream); }

Json probing_json(const std::optional<ProbingFigures>& probing, const ProgressReport& report) {
  if (!probing) return nullptr;
  ProbingFigures copy = *probing;
  return write_json([&](FieldVisitor& visit) { probing_fields(visit, copy, report); });
}

Json curve_json(std::span<const CurvePoint> points) {
  Json rows = Json::array();
  for (const CurvePoint& point : points) rows.push_back(json_of(point));
  return rows;
}

}  // namespace gradus
