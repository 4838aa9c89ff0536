#include "progress/report_tiers.h"

#include <algorithm>

namespace gradus {
namespace {

/// That a task is at its target within one doubling; none without a forecast.
std::optional<double> belief_of(const TaskProgress& task) {
  if (task.verdict == Verdict::kMastered) return 1.0;
  return task.forecast ? std::optional(task.forecast->belief) : std::nullopt;
}

std::optional<Interval> belief_of(const Tier& tier, std::span<const TaskProgress> tasks) {
  Interval all{1, 1};
  for (const TaskIndex index : tier.tasks) {
    const auto belief = belief_of(tasks[index]);
    if (!belief) return std::nullopt;
    all.lower *= *belief;
    all.upper = std::min(all.upper, *belief);
  }
  return all;
}

TierProgress progress_of(const Tier& tier, std::span<const TaskProgress> tasks) {
  TierProgress progress{tier.name, Verdict::kDormant, 0, belief_of(tier, tasks)};
  std::size_t mastered = 0, probed = 0;
  for (const TaskIndex index : tier.tasks) {
    const TaskProgress& task = tasks[index];
    if (task.verdict == Verdict::kMastered)
      ++mastered;
    else
      progress.verdict = std::max(progress.verdict, task.verdict);
    if (task.step == 0) continue;
    ++probed;
    progress.score += task.score;
  }
  if (mastered == tier.tasks.size() && mastered > 0) progress.verdict = Verdict::kMastered;
  if (probed > 0) progress.score /= static_cast<double>(probed);
  return progress;
}

}  // namespace

std::vector<TierProgress> tier_progress(const Ladder& ladder, std::span<const TaskProgress> tasks) {
  std::vector<TierProgress> tiers;
  tiers.reserve(ladder.tiers.size());
  for (const Tier& tier : ladder.tiers) tiers.push_back(progress_of(tier, tasks));
  return tiers;
}

const TierProgress* frontier_of(std::span<const TierProgress> tiers) {
  const TierProgress* first = nullptr;
  for (const TierProgress& tier : tiers) {
    if (tier.verdict == Verdict::kMastered) continue;
    if (tier.verdict != Verdict::kDormant) return &tier;
    if (first == nullptr) first = &tier;
  }
  return first;
}

}  // namespace gradus
