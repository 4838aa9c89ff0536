#include <algorithm>
#include <utility>

#include "ladders/generators/arithmetic.h"
#include "ladders/generators/arithmetic_deal.h"
#include "ladders/generators/arithmetic_record.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {
namespace {

const ArithmeticTask& kind_of(const Task& task) {
  return *std::find_if(tasks().begin(), tasks().end(),
                       [&](const ArithmeticTask& kind) { return kind.name == task.name; });
}

void append_items(const ArithmeticTask& kind, TaskIndex index, std::span<const Question> questions,
                  std::vector<Item>& items) {
  const RecordWriter writer(kind.name);
  for (const Question& question : questions) {
    Item item{.task = index, .record = {}, .tags = {}};
    writer.write(question, question.answer, item.record);
    if (kind.tag != nullptr) kind.tag(question, item.tags);
    items.push_back(std::move(item));
  }
}

/// One of the two sets of every task, in task order. Each task is dealt from its own generator of
/// random numbers, so no item depends on the other tasks of the ladder.
Result<std::vector<Item>> items_of(const Ladder& ladder, std::vector<Question> ItemSets::*set) {
  if (auto checked = check_tasks(ladder); !checked) return tl::unexpected(checked.error());
  std::vector<Item> items;
  for (std::size_t i = 0; i < ladder.tasks.size(); ++i) {
    const Task& task = ladder.tasks[i];
    const ArithmeticTask& kind = kind_of(task);
    append_items(kind, static_cast<TaskIndex>(i), deal_items(kind, task.items, kItemSeed).*set,
                 items);
  }
  return items;
}

}  // namespace

Result<std::vector<Item>> make_items(const Ladder& ladder) {
  return items_of(ladder, &ItemSets::open);
}

Result<std::vector<Item>> make_sealed_items(const Ladder& ladder) {
  return items_of(ladder, &ItemSets::sealed);
}

}  // namespace gradus::arithmetic
