#include "app/plan/ladder_plan.h"

#include <algorithm>

#include "ladders/ladder_file.h"

namespace gradus {
namespace {

/// How many items each task has: what a ladder asks for, its items file may not hold.
Result<std::vector<std::size_t>> count_items(const Ladder& ladder) {
  std::vector<std::size_t> counts(ladder.tasks.size());
  const auto items = ladder_items(ladder);
  if (!items) return tl::unexpected(items.error());
  for (const Item& item : *items) ++counts[item.task];
  return counts;
}

}  // namespace

Result<std::vector<PlannedTask>> plan_ladder(const std::string& name_or_path,
                                             const PlanOptions& options,
                                             std::optional<std::uint32_t> items) {
  const auto ladder = load_ladder(name_or_path);
  if (!ladder) return tl::unexpected(ladder.error());
  const auto counts = count_items(*ladder);
  if (!counts) return tl::unexpected(counts.error());
  std::vector<PlannedTask> planned;
  for (std::size_t i = 0; i < ladder->tasks.size(); ++i) {
    const Task& task = ladder->tasks[i];
    PlannedTask next{.tier = ladder->tiers[task.tier].name,
                     .task = task.name,
                     .options = options,
                     .plan = {}};
    next.options.items = items.value_or(static_cast<std::uint32_t>((*counts)[i]));
    next.options.floor = task.floor;
    next.options.target = task.target;
    next.options.tasks = static_cast<unsigned>(ladder->tasks.size());
    // What is lost at once can be no more than was gained.
    next.options.loss = std::min(options.loss, (task.target - task.floor) / 2);
    const auto plan = make_plan(next.options, PlanDepth::kDelays);
    if (!plan) return fail(plan.error().code, "task " + task.name + ": " + plan.error().message);
    next.plan = *plan;
    planned.push_back(std::move(next));
  }
  return planned;
}

}  // namespace gradus
