#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"

namespace gradus {

/// How much of the way from the floor to a score of 1 a learner has come at an ability, and the
/// ability at a share in (0, 1): a logistic curve, half way up at 0 and there as steep as the line.
double share_at(double ability);
double ability_at(double share);

/// A finite set of items drawn so that their mean follows `share_at` as a learner climbs them: the
/// mean of q and its spread over items at an ability.
/// Cost: `items` times the points of its table, once; a look-up O(1).
class PlannedItems {
 public:
  struct Mean {
    double q = 0;
    double sd = 0;  ///< over items
  };
  struct Climb {
    double floor = 0;
    double width = 0;  ///< of one item's own rise (of a logistic function); 0: learned at once
    double lowest = -1, highest = 1;  ///< abilities that are asked for; others get the nearest
  };
  PlannedItems(std::uint32_t items, const Climb& climb, SplitMix64 random);

  Mean at(double ability) const;

 private:
  double lowest_, step_;
  std::vector<Mean> table_;
};

/// AR(1) noise with a given standard deviation.
class PlannedNoise {
 public:
  PlannedNoise(double sd, double autocorrelation, SplitMix64& random);
  double next(SplitMix64& random);

 private:
  double sd_, autocorrelation_;
  double value_;
};

}  // namespace gradus
