#pragma once

#include <span>
#include <vector>

#include "ladders/ladder.h"
#include "progress/report.h"

namespace gradus {

/// What the tasks of each tier add up to, in the ladder's order. A tier is mastered when all its
/// tasks are, else it shows the highest code among the tasks that are not; its score is the mean
/// over the tasks probed so far, 0 where there is none. `tasks`: in the ladder's order.
/// The skills of one learner help each other, so the belief lies between the product of the tasks'
/// beliefs and that of the slowest (Frechet's upper bound).
std::vector<TierProgress> tier_progress(const Ladder& ladder, std::span<const TaskProgress> tasks);

/// The tier where learning happens now: the first that is neither mastered nor wholly dormant;
/// where none is, the first that is not mastered; none when all are.
const TierProgress* frontier_of(std::span<const TierProgress> tiers);

}  // namespace gradus
