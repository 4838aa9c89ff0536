#include "progress/report_tiers.h"

#include <algorithm>

namespace gradus {
namespace {

TierProgress progress_of(const Tier& tier, std::span<const TaskProgress> tasks) {
  TierProgress progress{tier.name, Verdict::kDormant, 0};
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

}  // namespace gradus
