#include "ladders/ladder.h"

#include <algorithm>
#include <utility>

#include "base/invariant.h"

namespace gradus {

bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  if (text.empty() || text.size() > kLongest || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::optional<TaskIndex> Ladder::find(std::string_view task) const {
  const auto found = std::find_if(tasks.begin(), tasks.end(),
                                  [task](const Task& one) { return one.name == task; });
  if (found == tasks.end()) return std::nullopt;
  return static_cast<TaskIndex>(found - tasks.begin());
}

Ladder select_tasks(const Ladder& ladder, const std::vector<bool>& keep) {
  invariant(keep.size() == ladder.tasks.size(), "a selection says yes or no to every task");
  Ladder selected = ladder;
  selected.tiers.clear();
  selected.tasks.clear();
  for (const Tier& tier : ladder.tiers) {
    Tier kept{.name = tier.name, .title = tier.title, .tasks = {}};
    for (const TaskIndex index : tier.tasks) {
      if (!keep[index]) {
        selected.left_out.push_back(ladder.tasks[index].name);
        continue;
      }
      kept.tasks.push_back(static_cast<TaskIndex>(selected.tasks.size()));
      selected.tasks.push_back(ladder.tasks[index]);
      selected.tasks.back().tier = static_cast<std::uint16_t>(selected.tiers.size());
    }
    if (!kept.tasks.empty()) selected.tiers.push_back(std::move(kept));
  }
  return selected;
}

}  // namespace gradus
