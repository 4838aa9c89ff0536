#include "describe/progress_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "describe/json_reader.h"
#include "describe/run_fields.h"

namespace gradus {
RunStatus run_status(const ProgressDocument& document) {
  RunStatus status;
  status.step = document.step;
  if (document.learner) status.diverged = document.learner->diverged;
  if (!document.stream) return status;
  status.examples_per_second = document.stream->examples_per_second.value_or(0);
  status.lag = document.stream->lag;
  status.connected = document.stream->connected;
  status.silent_seconds = document.stream->silent_seconds;
  for (const auto& [reason, count] : document.stream->rejected)
    if (reason != reject_name(Reject::kTombstone)) status.rejected += count;
  return status;
}

Result<ProgressDocument> read_progress_document(std::string_view json) {
  const auto parsed = nlohmann::ordered_json::parse(json, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("run") || !parsed.contains("step"))
    return fail(ErrorCode::kCorrupt, "not the progress of a run as JSON");
  ProgressDocument document;
  read_json(parsed, [&](FieldVisitor& visit) {
    origin_fields(visit, document);
    fields(visit, document);
  });
  for (const TaskProgress& task : document.report.tasks)
    document.report.step = std::max(document.report.step, task.step);
  return document;
}

std::vector<CurvePoint> read_history_document(std::string_view json) {
  const auto parsed = nlohmann::ordered_json::parse(json, nullptr, false);
  HistoryDocument document;
  if (parsed.is_object()) read_json(parsed, [&](FieldVisitor& visit) { fields(visit, document); });
  return document.points;
}

}  // namespace gradus
