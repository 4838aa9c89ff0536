#pragma once

#include <stop_token>

#include "app/run_view.h"
#include "base/result.h"
#include "learner/snapshot.h"
#include "progress/history.h"
#include "progress/tracker.h"

namespace gradus {

/// Snapshots -> scores -> tracker -> history, and the report for all to see.
/// A history that cannot be written is logged and the run goes on: curves in memory and on /metrics
/// stay right.
/// Threads: owned by the probe thread.
class ProbeLoop {
 public:
  ProbeLoop(Prober& prober, Tracker& tracker, History& history, Latest<Snapshot>& snapshots,
            RunSlots& slots, Clock& clock, Log& log);

  /// Scores the newest snapshot where one comes within `wait`; false after the last one of the run.
  bool step(const std::stop_token& stop, Duration wait);
  /// Steps until the last snapshot or a stop.
  void run(const std::stop_token& stop);

 private:
  void publish_stats();
  void look_next(const ProgressReport& report);

  Prober& prober_;
  Tracker& tracker_;
  History& history_;
  Latest<Snapshot>& snapshots_;
  RunSlots& slots_;
  Clock& clock_;
  Log& log_;
  std::uint64_t seen_ = 0;
  std::uint64_t missed_ = 0;  // snapshots that a newer one replaced before they were looked at
};

}  // namespace gradus
