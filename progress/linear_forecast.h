#pragma once

#include "progress/crossing_times.h"
#include "progress/recent_slope.h"

namespace gradus {

/// A score that somebody expects.
struct ExpectedScore {
  double mean = 0;
  double deviation = 0;  ///< of the mean, without the noise of the score itself
};

/// The straight line in log n through the last 1.5 doublings, drawn on: what a forecast must beat.
/// Its error is that of least squares under the long-run variance of the scores.
/// Units: doublings ahead of the newest score. Threads: a value. Cost: `crossing` 240 erfc.
class LinearForecast {
 public:
  LinearForecast(const RecentLine& line, double noise) : line_(line), noise_(noise) {}

  ExpectedScore ahead(double doublings) const;
  /// A crossing of `target` by each moment: that the line is above it then or was before.
  CrossingTimes crossing(double target) const;

 private:
  RecentLine line_;
  double noise_;
};

}  // namespace gradus
