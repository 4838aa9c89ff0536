#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/plan_words.h"

namespace gradus {

/// A plan of every task of a ladder, in its order: `options` with the task's floor and target, and
/// its items unless `items` are given for all. The error budget is split over the ladder's tasks.
/// Errors: as load_ladder and ladder_items; kBadConfig for options that no plan can be made with.
/// Threads: starts one a core, each with tasks of its own, and waits for them.
/// Cost: about 0.8 s a task at 40 probes per doubling, on all cores.
Result<std::vector<PlannedTask>> plan_ladder(const std::string& name_or_path,
                                             const PlanOptions& options,
                                             std::optional<std::uint32_t> items);

}  // namespace gradus
