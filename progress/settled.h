#pragma once

#include <vector>

#include "probes/interest.h"
#include "progress/report.h"

namespace gradus {

/// Whether a task may be probed more thinly for now: mastered, at its target and without evidence
/// that it falls, or dormant without evidence that it rises, once its noise is known. At a quarter
/// of the probes a drop is found late or never, so the first sign of one (one nat, or a score below
/// the target) brings the full schedule back.
/// The evidence stays valid, since the next step to probe at is chosen from the past alone.
bool is_settled(const TaskProgress& task);

/// How closely to follow each task. Tasks more than two tiers above the highest tier in which some
/// task is not dormant are out of reach; where every task is dormant, the two lowest tiers are in
/// reach. All are followed closely where the model seems not to change, so that this is soon
/// certain. `report.tiers` is in the ladder's order.
std::vector<Interest> interest_of(const ProgressReport& report);

}  // namespace gradus
