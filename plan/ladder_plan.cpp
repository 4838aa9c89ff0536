#include "plan/ladder_plan.h"

#include <algorithm>
#include <cstddef>
#include <thread>

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

/// Each simulates with seeds of its own, so they may run side by side.
std::vector<Result<Plan>> plan_all(const std::vector<PlannedTask>& planned) {
  std::vector<Result<Plan>> plans(planned.size());
  const std::size_t threads =
      std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), planned.size());
  std::vector<std::jthread> running;
  for (std::size_t first = 0; first < threads; ++first)
    running.emplace_back([&planned, &plans, first, threads] {
      for (std::size_t i = first; i < planned.size(); i += threads)
        plans[i] = make_plan(planned[i].options, PlanDepth::kDelays);
    });
  running.clear();  // joins
  return plans;
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
    PlannedTask& next = planned.emplace_back(PlannedTask{
        .tier = ladder->tiers[task.tier].name, .task = task.name, .options = options, .plan = {}});
    next.options.items = items.value_or(static_cast<std::uint32_t>((*counts)[i]));
    next.options.floor = task.floor;
    next.options.target = task.target;
    next.options.tasks = static_cast<unsigned>(ladder->tasks.size());
    // What is lost at once can be no more than was gained.
    next.options.loss = std::min(options.loss, (task.target - task.floor) / 2);
  }
  const std::vector<Result<Plan>> plans = plan_all(planned);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (!plans[i])
      return fail(plans[i].error().code,
                  "task " + planned[i].task + ": " + plans[i].error().message);
    planned[i].plan = *plans[i];
  }
  return planned;
}

}  // namespace gradus
