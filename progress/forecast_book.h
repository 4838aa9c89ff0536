#pragma once

#include <array>
#include <cstdint>

#include "progress/curve_forecaster.h"
#include "progress/forecast.h"

namespace gradus {

/// How much wider an 80 % interval must be than the curve filter gives it, learned from the
/// crossings that came: a step up where too few of a crossing's intervals held it, a step down
/// where too many did.
/// Source: Gibbs, Candes 2021, "Adaptive Conformal Inference Under Distribution Shift", on the log
/// of the width; docs/statistics.md, "Forecasts". Cost: O(1).
class IntervalWidening {
 public:
  IntervalWidening();

  /// Around the median; nothing ends before now.
  CrossingInterval widened(const CrossingInterval& interval) const;
  /// Takes the share of a crossing's intervals, as they were shown, that did not hold it.
  void learn(double missed);
  double factor() const;

 private:
  double log_factor_;
};

/// Keeps score of the forecasts of a run: probabilities, predicted scores, intervals.
/// Source: docs/statistics.md, "Calibration". Threads: owned by the probe thread. Cost: O(1) a
/// call, memory flat.
class ForecastBook {
 public:
  using Probabilities = std::array<float, kForecasters>;

  void count_made() { ++calibration_.made; }
  /// The target was reached by a horizon or was not. `horizon`: place in Outlook::kHorizons.
  void score_reach(std::size_t horizon, const Probabilities& forecast, bool reached);
  /// The score one doubling later.
  void score_score(const std::array<ScoreQuantiles, kForecasters>& forecast, double score);
  /// The crossing came `after` doublings.
  void score_interval(const CrossingInterval& given, const CrossingInterval& shown, double after);
  void count_given_up() { ++calibration_.intervals.given_up; }
  IntervalWidening& widening() { return widening_; }
  const IntervalWidening& widening() const { return widening_; }

  /// Who has scored best at one and two doublings, persistence aside; the curve filter until enough
  /// are resolved.
  Forecaster shown() const;
  ForecastCalibration calibration() const;

 private:
  ForecastCalibration calibration_;          // sums in place of means
  std::array<std::uint64_t, 128> errors_{};  // of the median, by tenths of a doubling
  IntervalWidening widening_;
};

}  // namespace gradus
