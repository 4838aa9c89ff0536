#pragma once

#include <cstdint>
#include <string>

#include "app/run_view.h"
#include "progress/report.h"

namespace gradus {

enum class TableStyle : std::uint8_t { kPlain, kColour };

/// The ladder as a table in fixed columns: tier, task, score with a bar, interval, exact match,
/// verdict. One line a task.
std::string ladder_table(const ProgressReport& report, TableStyle style);

/// Where learning stands, in one sentence, also for a run without a ladder.
std::string headline(const RunView& view);

/// One line on the stream and the learner: step, examples/s, lag, rejected, learning rate.
std::string status_line(const RunView& view, double examples_per_second, double seconds);

}  // namespace gradus
