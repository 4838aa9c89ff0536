#pragma once

#include <span>
#include <vector>

#include "ladders/ladder.h"
#include "progress/report.h"

namespace gradus {

/// What the tasks of each tier add up to, in the ladder's order. A tier is mastered when all its
/// tasks are, else it shows the highest code among the tasks that are not; its score is the mean
/// over the tasks probed so far, 0 where there is none. `tasks`: in the ladder's order.
std::vector<TierProgress> tier_progress(const Ladder& ladder, std::span<const TaskProgress> tasks);

}  // namespace gradus
