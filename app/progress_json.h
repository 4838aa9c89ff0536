#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/run_view.h"

namespace gradus {

/// The body of /api/v1/progress: the newest report with the learner's and the stream's figures.
/// Null where not known yet.
std::string progress_json(const RunView& view);

/// The body of /api/v1/history for one task.
std::string history_json(std::string_view task, std::span<const CurvePoint> points);

/// {"error": message}, for answers that are none.
std::string error_json(std::string_view message);

}  // namespace gradus
