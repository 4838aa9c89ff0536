#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/step.h"
#include "history/history.h"

namespace gradus {

/// A moment of a curve on both clocks: all examples, and the task's own.
struct Moment {
  Step step = 0;
  Step own_step = 0;
};

/// When a task came how far. A level counts as reached at the first of three scores in a row at or
/// above it, so that one lucky probe is no milestone.
struct Milestones {
  std::optional<Moment> half;      ///< half of the way from its floor to its target
  std::optional<Moment> target;    ///< the score reached the target
  std::optional<Moment> mastered;  ///< the verdict became mastered for the first time
};

/// The first of three points in a row whose last score is at or above `level`; nothing where there
/// is none.
std::optional<Moment> first_reached(std::span<const CurvePoint> curve, double level);

/// Why a task came later than the one that came first.
enum class Lateness : std::uint8_t {
  kNotReached,  ///< it is not halfway yet
  kEarly,       ///< within a doubling of the first
  kMerelyRare,  ///< late on the clock of all examples, hardly on its own
  kPartlyRare,  ///< late on both, but less on its own
  kNeedsMore,   ///< as late on its own clock: it needs more examples of its own
};

/// One task's place in the order of learning.
struct OrderEntry {
  std::size_t task = 0;  ///< index into the tasks that were given
  Lateness lateness = Lateness::kNotReached;
  double doublings_later = 0;      ///< than the first, in all examples; 0 where not reached
  double own_doublings_later = 0;  ///< the same in examples of its own; may be negative
};

/// Tasks by the step at which they were halfway, those that were not at the end in the order given.
std::vector<OrderEntry> learning_order(std::span<const Milestones> tasks);

}  // namespace gradus
