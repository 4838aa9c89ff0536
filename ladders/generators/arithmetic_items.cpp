#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "ladders/generators/arithmetic.h"
#include "ladders/generators/arithmetic_record.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {
namespace {

constexpr std::uint64_t kItemSeed = 4242;
/// How many items of a task are drawn before the drawing goes on to the next task.
constexpr std::size_t kItemsPerTask = 128;

/// The first `count` distinct held-out questions that `random` gives.
std::vector<Question> held_out_questions(const ArithmeticTask& task, std::size_t count,
                                         SplitMix64& random) {
  std::vector<Question> questions;
  std::unordered_set<std::string> seen;
  while (questions.size() < count) {
    Question question;
    task.draw(random, question);
    const std::string_view prompt = question.prompt.view();
    if (is_held_out(prompt) && seen.emplace(prompt).second) questions.push_back(question);
  }
  return questions;
}

std::vector<Item> items_of(const ArithmeticTask& kind, TaskIndex index,
                           std::span<const Question> questions) {
  const RecordWriter writer(kind.name);
  std::vector<Item> items;
  for (const Question& question : questions) {
    Item item{.task = index, .record = {}, .tags = {}};
    writer.write(question, question.answer, item.record);
    if (kind.tag != nullptr) kind.tag(question, item.tags);
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

Result<std::vector<Item>> make_items(const Ladder& ladder) {
  if (auto checked = check_tasks(ladder); !checked) return tl::unexpected(checked.error());
  std::vector<std::vector<Item>> by_task(ladder.tasks.size());
  SplitMix64 random(kItemSeed);
  for (const ArithmeticTask& kind : tasks()) {
    // Every task is drawn, in the ladder or not, and from the same state: so no item depends on the
    // other tasks of the ladder or on how many items they have.
    SplitMix64 start = random;
    std::vector<Question> questions = held_out_questions(kind, kItemsPerTask, random);
    const std::optional<TaskIndex> index = ladder.find(kind.name);
    if (!index) continue;
    const std::size_t count = ladder.tasks[*index].items;
    if (count > questions.size()) questions = held_out_questions(kind, count, start);
    by_task[*index] = items_of(kind, *index, std::span(questions).first(count));
  }
  std::vector<Item> items;
  for (std::vector<Item>& some : by_task) {
    std::move(some.begin(), some.end(), std::back_inserter(items));
  }
  return items;
}

}  // namespace gradus::arithmetic
