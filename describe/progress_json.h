#pragma once

#include <span>
#include <string>
#include <string_view>

#include "describe/progress_document.h"
#include "describe/run_view.h"

namespace gradus {

/// The body of /api/v1/progress: the newest report with the learner's and the stream's figures.
/// Null where not known yet.
std::string progress_json(const RunView& view);
/// What the probes of the run cost; empty where it has none.
std::optional<ProbingFigures> probing_figures(const RunView& view);

/// The body of /api/v1/history for one task.
std::string history_json(std::string_view task, std::span<const CurvePoint> points,
                         std::span<const VerdictChange> changes);

/// The body of /api/v1/items for one task; null where the model's answer is not known.
std::string items_json(const TaskProgress& task, const TaskAnswers& answers);

/// The data of a `change` event.
std::string change_event_json(const TaskChange& of);

/// The body of the answer to a new annotation.
std::string annotation_body(const Annotation& annotation);
/// The body of GET /api/v1/annotations.
std::string annotations_body(std::span<const Annotation> annotations);

}  // namespace gradus
