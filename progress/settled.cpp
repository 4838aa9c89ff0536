#include "progress/settled.h"

#include <algorithm>

namespace gradus {
namespace {

constexpr std::size_t kReach = 2;  // tiers

/// The number of tiers, from the lowest one on, that are followed closely.
std::size_t tiers_in_reach(const ProgressReport& report) {
  std::size_t moving = 0;  // tiers up to the highest that moves
  for (std::size_t tier = 0; tier < report.tiers.size(); ++tier)
    for (const TaskProgress& task : report.tasks)
      if (task.tier == report.tiers[tier].tier && task.verdict != Verdict::kDormant)
        moving = tier + 1;
  return moving + kReach;
}

}  // namespace

bool is_settled(const TaskProgress& task) {
  constexpr double kFirstSign = 1;  // nat
  if (task.verdict == Verdict::kMastered)
    return task.score >= task.target && task.regress.log_e < kFirstSign;
  return task.noise_sd && task.verdict == Verdict::kDormant && task.progress.log_e < kFirstSign;
}

std::vector<Interest> interest_of(const ProgressReport& report) {
  const std::size_t reach = std::min(tiers_in_reach(report), report.tiers.size());
  const auto out_of_reach = [&](const TaskProgress& task) {
    return std::none_of(report.tiers.begin(),
                        report.tiers.begin() + static_cast<std::ptrdiff_t>(reach),
                        [&](const TierProgress& tier) { return tier.tier == task.tier; });
  };
  const auto interest_in = [&](const TaskProgress& task) {
    if (report.unchanged_suspected) return Interest::kFrontier;
    if (out_of_reach(task)) return Interest::kOutOfReach;
    return is_settled(task) ? Interest::kSettled : Interest::kFrontier;
  };
  std::vector<Interest> interest;
  interest.reserve(report.tasks.size());
  for (const TaskProgress& task : report.tasks) interest.push_back(interest_in(task));
  return interest;
}

}  // namespace gradus
