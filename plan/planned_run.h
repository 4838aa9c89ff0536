#pragma once

#include <cstdint>
#include <optional>

#include "plan/plan.h"
#include "plan/planned_curve.h"
#include "progress/task_monitor.h"

namespace gradus {

/// What happens to the learner in a planned run.
enum class PlannedChange : std::uint8_t {
  kStall,  ///< the score stays as it is
  kFall,   ///< it falls as fast as it rose
  kLoss,   ///< it drops at once and stays there
};

/// Where a planned run has come when its change strikes.
enum class PlannedStage : std::uint8_t {
  kHalfWay,   ///< half way between floor and target
  kMastered,  ///< at the first probe with that verdict
};

/// One simulated run of a planned task up to its change: a rest at the foot of the curve while the
/// detectors warm up, then growth that has the planned rate half way between floor and target.
/// Watched by the monitor of a live run. Of the growth to half way only the last five doublings are
/// run; to mastery, those from five before the target on.
/// Source: docs/statistics.md, "Planning".
/// Cost: a monitor's score and four normal draws a probe.
class PlannedRun {
 public:
  /// The same seed gives the same fluctuations, and with more items the same ones among them.
  PlannedRun(const PlanOptions& options, std::uint64_t seed,
             PlannedStage stage = PlannedStage::kHalfWay);

  /// Doublings from the beginning of the growth to the verdict learning; nothing: not before the
  /// change.
  std::optional<double> progress_after() const { return progress_after_; }
  /// Whether anything was called stalled or regressing before the change.
  bool alarmed_early() const { return alarmed_early_; }
  /// Whether the task is mastered when the change comes.
  bool mastered() const { return monitor_.verdict() == Verdict::kMastered; }
  /// Doublings from the change to its verdict, of a copy of this run that goes on; nothing: not in
  /// time. A stall is found by either alarm, a fall or a loss when it is called regressing. `loss`
  /// is in score and matters to a loss only.
  std::optional<double> delay_of(PlannedChange change, double loss) const;

 private:
  std::optional<VerdictMove> probe(double ability);
  void grow();

  PlanOptions options_;
  PlannedStage stage_;
  double ability_rate_;  // per doubling
  double ability_;       // reached
  SplitMix64 random_;
  PlannedItems items_;
  PlannedNoise learner_noise_, item_noise_;  // of the ability, of the score half way up
  TaskMonitor monitor_;
  unsigned probes_ = 0;
  std::optional<double> progress_after_;
  bool alarmed_early_ = false;
};

/// Doublings of growth after which a planned run is not mastered any more. With the warm-up and the
/// time for finding a change at the fewest probes its steps stay below 2^60.
inline constexpr double kLongestClimb = 16;

/// The standard deviation of q over items half way up: the one given, or 0.88 of the largest.
double item_sd_half_way(const PlanOptions& options);

}  // namespace gradus
