#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ladders/ladder.h"
#include "probes/score.h"
#include "progress/report.h"

namespace gradus {

/// STRICT pages somebody, with a stated error rate; PRACTICAL is a yellow flag, sooner and without one.
enum class Profile : std::uint8_t { kStrict, kPractical };

struct TrackerOptions {
  std::string run;
  std::uint32_t attempt = 1;
  double false_alarms_per_run = 0.05;  ///< split over the run's detectors: alpha / (2 * tasks)
  unsigned planned_probes = 400;       ///< T of the e-detector
  Profile profile = Profile::kStrict;
};

/// Scores in, report out: holds the curve statistics and the verdict of every task.
/// Source: reference equations in docs/statistics.md. Scores of one task come in order of their steps; an older one is
/// ignored. The same scores give the same report, so a tracker is rebuilt by feeding it the history.
/// Threads: owned by the probe thread. Cost: below 50 us a task and probe, memory flat.
class Tracker {
 public:
  Tracker(const Ladder& ladder, TrackerOptions options);
  ~Tracker();

  /// Takes the scores of one snapshot and gives the new report. Verdict changes are in it as last_change with this step.
  std::shared_ptr<const ProgressReport> update(std::span<const Score> scores);
  /// The report as it stands.
  std::shared_ptr<const ProgressReport> report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gradus
