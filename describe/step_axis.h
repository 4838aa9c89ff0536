#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/step.h"

namespace gradus {

/// "640", "16k", "1.5M": a step in as few characters as say it.
std::string short_step(Step step);

/// The axis of a curve: steps, evenly by their logarithm to base 2, so that every doubling of
/// experience is as wide as any other.
class StepAxis {
 public:
  /// From `first` to `last`; below 1 counts as 1, and one doubling is the least.
  StepAxis(Step first, Step last);

  /// Where a step lies, 0 at the left end and 1 at the right; clamped.
  double at(Step step) const;
  /// Round steps within the axis, ascending, at most `most`: of 1, 2 and 5 times powers of ten, or
  /// powers of ten, or every second of those; finer ones where fewer than three would be left.
  std::vector<Step> ticks(std::size_t most) const;

 private:
  double from_, to_;  // log2
};

}  // namespace gradus
