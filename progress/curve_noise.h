#pragma once

#include <cstdint>
#include <optional>

#include "progress/long_run_variance.h"
#include "progress/profile.h"

namespace gradus {

/// The noise that the detectors of a curve judge it by: its long-run variance which, in profiles
/// that state an error rate, follows the recent fluctuation while a skill comes up.
/// The noise of a skill that starts from silence grows a hundredfold, as q (1 - q) does. An
/// estimate that remembers the silence lags behind, and clips the first real fluctuations as if
/// they were outliers. Half way up the noise is largest; from there on the recent past tells
/// nothing but what the alarms are about.
/// Source: docs/statistics.md, "The noise". Units: squared score.
/// Threads: owned by the probe thread. Cost: O(1), no allocation.
class CurveNoise {
 public:
  /// `half_way`: the score from which on the noise no longer grows.
  CurveNoise(const ProfileSettings& settings, double half_way);

  /// Takes the next score; finite.
  void add(double score);
  /// As LongRunVariance::add_after_gap.
  void add_after_gap(double score);
  /// The estimate from the scores so far. Read it before adding the score it is to judge.
  double value() const;
  /// Lag-1 autocorrelation.
  double autocorrelation() const { return whole_.autocorrelation(); }
  /// Scores added so far, but those after a gap.
  std::uint64_t count() const { return whole_.count(); }

 private:
  double noise_factor_, half_way_;
  LongRunVariance whole_;
  std::optional<LongRunVariance> recent_;  // until half way
};

}  // namespace gradus
