#include "terminal/ladder_rows.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace gradus {
namespace {

using TierNames = std::set<std::string_view>;

std::size_t tasks_in(const ProgressReport& report, std::string_view tier) {
  return static_cast<std::size_t>(
      std::count_if(report.tasks.begin(), report.tasks.end(),
                    [&](const TaskProgress& task) { return task.tier == tier; }));
}

/// What needs a look comes first.
int urgency(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRegressing:
      return 0;
    case Verdict::kStalled:
      return 1;
    case Verdict::kLearning:
      return 2;
    case Verdict::kDormant:
      return 3;
    case Verdict::kMastered:
      return 4;
  }
  return 5;
}

void sort_rows(std::vector<LadderRow>& rows, RowOrder order) {
  std::stable_sort(rows.begin(), rows.end(), [order](const LadderRow& a, const LadderRow& b) {
    if (order == RowOrder::kScore)  // what was not probed yet has no score
      return std::pair(a.task->items == 0, a.task->score) <
             std::pair(b.task->items == 0, b.task->score);
    if (order == RowOrder::kVerdict) return urgency(a.task->verdict) < urgency(b.task->verdict);
    return a.task->since_step > b.task->since_step;
  });
}

TierNames folded_tiers(const ProgressReport& report, const Folds& folds, std::size_t height) {
  TierNames folded;
  std::size_t rows = report.tasks.size();
  const auto fold = [&](std::string_view tier) {
    const std::size_t tasks = tasks_in(report, tier);
    if (tasks < 2 || !folded.insert(tier).second) return;
    rows -= tasks - 1;
  };
  for (const TierProgress& tier : report.tiers)
    if (const auto chosen = folds.find(tier.tier); chosen != folds.end() && chosen->second)
      fold(tier.tier);
  for (const TierProgress& tier : report.tiers) {
    if (rows <= height) break;
    if (tier.verdict == Verdict::kMastered && !folds.contains(tier.tier)) fold(tier.tier);
  }
  return folded;
}

}  // namespace

std::string_view row_order_name(RowOrder order) {
  constexpr std::array<std::string_view, kRowOrders> kNames = {"ladder", "score", "verdict",
                                                               "newest"};
  return kNames[static_cast<std::size_t>(order)];
}

std::vector<LadderRow> ladder_rows(const ProgressReport& report, RowOrder order, const Folds& folds,
                                   std::size_t height) {
  const bool in_order = order == RowOrder::kLadder;
  const TierNames folded = in_order ? folded_tiers(report, folds, height) : TierNames();
  std::vector<LadderRow> rows;
  TierNames shown;
  for (const TaskProgress& task : report.tasks) {
    if (!folded.contains(task.tier)) {
      rows.push_back({.task = &task});
      continue;
    }
    if (!shown.insert(task.tier).second) continue;
    const auto tier =
        std::find_if(report.tiers.begin(), report.tiers.end(),
                     [&](const TierProgress& each) { return each.tier == task.tier; });
    rows.push_back({.tier = &*tier, .tasks = tasks_in(report, task.tier)});
  }
  if (!in_order) sort_rows(rows, order);
  for (std::size_t i = 1; i < rows.size(); ++i)
    rows[i].names_tier = rows[i].tier_name() != rows[i - 1].tier_name();
  return rows;
}

}  // namespace gradus
