#pragma once

#include <utility>
#include <vector>

#include "progress/crossing_times.h"

namespace gradus::test {

/// What a forecast must beat: the growth curve that fits best to recorded learning curves (MMF, a
/// logistic in log n) by its plain likelihood, on the grid of the curve filter, without discrepancy
/// and without forgetting.
/// Source: Mohr, Viering, Loog, van Rijn 2022, "LCDB 1.0".
class PlainMmf {
 public:
  PlainMmf();
  void add(double u, double score, double noise);
  CrossingTimes crossing(double target) const;

 private:
  static constexpr int kSteepnesses = 14, kMidpoints = 60;
  struct Cell {
    double ceiling, steepness, midpoint, log_likelihood;
  };
  std::vector<Cell> cells_;       // over ceilings, steepnesses and midpoints
  std::vector<double> logistic_;  // its denominator at u, the same for each ceiling
  double u_ = 0;
};

}  // namespace gradus::test
