#include "history/restore.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace gradus {

Result<void> restore_tracker(Tracker& tracker, const Ladder& ladder, const HistoryReader& history) {
  const auto annotations = history.annotations();
  if (!annotations) return tl::unexpected(annotations.error());
  for (const Annotation& annotation : *annotations) tracker.annotate(annotation);

  const auto scores = history.scores();
  if (!scores) return tl::unexpected(scores.error());
  for (auto from = scores->begin(); from != scores->end();) {
    const auto to = std::find_if(from, scores->end(),
                                 [&](const Score& score) { return score.step != from->step; });
    tracker.update(std::span<const Score>(from, to));
    from = to;
  }

  auto changes = history.changes();
  if (!changes) return tl::unexpected(changes.error());
  std::vector<ChangeExplanation> explanations;
  for (auto& [name, change] : *changes) {
    const auto task = std::find_if(ladder.tasks.begin(), ladder.tasks.end(),
                                   [&name = name](const Task& each) { return each.name == name; });
    if (task == ladder.tasks.end()) continue;
    explanations.push_back({.task = static_cast<TaskIndex>(task - ladder.tasks.begin()),
                            .step = change.step,
                            .lost_answers = std::move(change.lost_answers),
                            .stream = change.stream});
  }
  tracker.explain(explanations);
  return {};
}

}  // namespace gradus
