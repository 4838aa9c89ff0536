#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "describe/run_view.h"
#include "progress/report.h"

namespace gradus {

/// The ladder as a table in fixed columns: tier, task, score with a bar, interval, exact match,
/// verdict. One line a task.
std::string ladder_table(const ProgressReport& report);

/// " since 200,000" behind the verdict of a task that has stopped or falls, and whether the verdict
/// is from before its detectors were re-armed; else empty.
std::string since_words(const TaskProgress& task);

/// Where learning stands, in one sentence, also for a run without a ladder.
std::string headline(const RunView& view);

/// How a run moves, from the run itself or from what its API says.
struct RunStatus {
  Step step = 0;
  double examples_per_second = 0;
  std::optional<double> seconds{};     ///< that its process has run; empty: not known
  std::optional<std::uint64_t> lag{};  ///< in records; empty: not known
  std::uint64_t rejected = 0;
  std::optional<double> silent_seconds{};  ///< since the last record, once that is worth a word
  bool connected = true;
  bool diverged = false;
};
RunStatus run_status(const RunView& view, double examples_per_second, double seconds);

/// A part of what a status says; `wrong` where somebody should look after it.
struct StatusPart {
  std::string text;
  bool wrong = false;
};
std::vector<StatusPart> status_parts(const RunStatus& status);

/// The same in one line: step, examples/s, lag, rejected.
std::string status_line(const RunStatus& status);
std::string status_line(const RunView& view, double examples_per_second, double seconds);

}  // namespace gradus
