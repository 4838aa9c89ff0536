#pragma once

#include <cstdint>

#include "progress/long_run_variance.h"
#include "progress/profile.h"

namespace gradus {

/// The noise that the detectors of a curve judge it by: its long-run variance or, in profiles that
/// state an error rate, the larger of that and the one over the most recent past.
/// The noise of a skill that starts from silence grows a hundredfold. An estimate that remembers
/// the silence lags behind, and clips the first real fluctuations as if they were outliers.
/// Source: docs/statistics.md, "The noise". Units: squared score.
/// Threads: owned by the probe thread. Cost: O(1), no allocation.
class CurveNoise {
 public:
  explicit CurveNoise(const ProfileSettings& settings);

  /// Takes the next score; finite.
  void add(double score);
  /// As LongRunVariance::add_after_gap.
  void add_after_gap(double score);
  /// The estimate from the scores so far. Read it before adding the score it is to judge.
  double value() const;
  /// Lag-1 autocorrelation, of the long memory.
  double autocorrelation() const { return whole_.autocorrelation(); }
  /// Scores added so far, but those after a gap.
  std::uint64_t count() const { return whole_.count(); }

 private:
  bool follows_growth_;
  LongRunVariance whole_, recent_;
};

}  // namespace gradus
