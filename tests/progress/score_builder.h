#pragma once

#include <cstdint>

#include "ladders/ladder.h"
#include "probes/score.h"

namespace gradus::test {

/// What one probe found, in the shape that tests think in.
struct Probe {
  TaskIndex task = 0;
  Step step = 0;
  double q = 0;        ///< mean
  double q_sd = 0.2;   ///< over items
  unsigned exact = 0;  ///< the first so many items are right
  unsigned items = 128;
};

/// The score of a probe: exact sums, one bit an item, own step a tenth of the step, a second a
/// step.
Score score_of(const Probe& probe);

/// A ladder of one tier `base` with tasks `task0`, `task1`, ...: floor 0.2, target 0.9, 128 items.
Ladder ladder_of(std::size_t tasks);

}  // namespace gradus::test
