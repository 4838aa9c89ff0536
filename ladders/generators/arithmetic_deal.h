#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {

/// The seed of every ladder's items. A change is a new version of the built-in ladders.
inline constexpr std::uint64_t kItemSeed = 4242;

/// The held-out questions of a task: those that its probes ask, and those kept sealed beside them.
struct ItemSets {
  std::vector<Question> open;
  std::vector<Question> sealed;
};

/// Draws held-out questions once and deals them at random into `count` open ones and as many sealed
/// ones, so that neither set is easier than the other. No question is in both sets, also not with
/// its operands in another order. Where a task has fewer questions than that, the sealed ones are
/// fewer; below 16 there are none. Up to 128 open questions the first ones are the same for every
/// `count`. The same seed gives the same sets on every platform.
/// Precondition: `count` is at most `task.most_items`.
ItemSets deal_items(const ArithmeticTask& task, std::size_t count, std::uint64_t seed);

}  // namespace gradus::arithmetic
