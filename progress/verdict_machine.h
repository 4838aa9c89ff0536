#pragma once

#include "progress/report.h"

namespace gradus {

/// What one probe of a task says about its learning.
struct Signals {
  double score = 0;            ///< mean q
  double wilson_lower = 0;     ///< of the score
  double peek_safe_lower = 0;  ///< of the score
  double peek_safe_upper = 1;  ///< of the score
  bool above_floor = false;    ///< surely above what knowing the form of the answers gives
  bool progress = false, stall = false, regress = false;  ///< detectors that alarm at this probe
  bool unchanged = false;                                 ///< the model does not change any more
};

/// The verdict of one task, from probe to probe.
/// Dormant until progress was once found and the score is above the floor. Stalled and regressing
/// stay until progress is found again. Mastered when the peek-safe lower bound reaches the target,
/// or Wilson's does at three probes in a row; while an alarm is latched only probes that are not
/// below the score of the alarm count. A mastered task whose peek-safe upper bound is below the
/// target at three probes in a row is regressing without any detector: the noise of a steep rise,
/// which is remembered for long, may hide a fall from one. No detector finds a stall at or above
/// the target; no stall while dormant or mastered, no regress while dormant. What is learning while
/// the model does not change is stalled without any detector, wherever its score stands, and
/// learning again as soon as the model changes.
/// Source: docs/statistics.md, "Verdicts". Threads: owned by the probe thread. Cost: O(1).
class VerdictMachine {
 public:
  explicit VerdictMachine(double target) : target_(target) {}

  /// Takes the signals of the next probe and gives the verdict.
  Verdict next(const Signals& signals);
  Verdict verdict() const { return verdict_; }

 private:
  static constexpr unsigned kProbesInARow = 3;

  bool mastered_at(const Signals& signals);
  Verdict decide(const Signals& signals, bool mastered) const;

  double target_;
  Verdict verdict_ = Verdict::kDormant;
  bool ever_progressed_ = false;
  unsigned in_a_row_ = 0;
  unsigned missed_in_a_row_ = 0;  // probes surely below the target
  bool stood_still_ = false;      // the stall came from a model that did not change
  double alarm_score_ = 0;        // of the alarm that is latched; 0 where there is none
};

}  // namespace gradus
