#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "describe/run_view.h"

namespace gradus {

/// A line for the log once the learner has come to a step.
struct StepNote {
  Step step = 0;
  std::string text;
};

/// Tells the log what an operator wants to know without looking: each change of a verdict with its
/// evidence, the connection lost and back, and, once a minute, how far the run is.
/// Threads: owned by the main thread. Cost: O(1) where nothing has changed.
class RunLog {
 public:
  /// Changes up to the step `resumed` are old. `notes` are logged as warnings.
  RunLog(Step resumed, std::vector<StepNote> notes) : resumed_(resumed), notes_(std::move(notes)) {}

  /// Logs what is new; call it a few times a second. `seconds` since the run began.
  void tick(const RunView& view, double seconds, Log& log);

 private:
  void tell_changes(const RunView& view, Log& log);
  void tell_connection(const RunView& view, double seconds, Log& log);
  void tell_notes(const RunView& view, Log& log);

  Step resumed_;
  std::vector<StepNote> notes_;
  std::uint64_t changes_seen_ = 0;
  bool first_report_ = true;
  bool was_connected_ = false;
  double lost_at_ = -1;  // below 0: the connection is not lost
  double next_status_ = 60;
};

}  // namespace gradus
