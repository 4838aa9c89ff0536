#pragma once

#include <cstdint>
#include <deque>

#include "base/step.h"

namespace gradus {

/// Examples per second over the last five seconds.
/// Threads: owned by one. Cost: O(1) a look; memory flat for looks at an even pace.
class PaceMeter {
 public:
  /// Takes the step at a moment that is not before the last one; gives the pace, 0 at first.
  double add(double seconds, Step step);

 private:
  struct Look {
    double seconds;
    Step step;
  };
  std::deque<Look> looks_;  // the last one at or before the window, and all in it
};

}  // namespace gradus
