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
constexpr std::uint64_t kSealedSeed = 2424;
constexpr std::size_t kFewestSealed = 16;
/// Draws for each sealed item that is wanted, after which a task has no more of them.
constexpr std::size_t kDrawsEach = 2000;

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

std::string canonical_of(const Question& question) {
  PromptText canonical;
  canonicalize(question.prompt.view(), canonical);
  return std::string(canonical.view());
}

/// The questions that `random` gives beside `open`; an item learned in one order of its operands
/// would be known in the other.
std::vector<Question> sealed_questions(const ArithmeticTask& task, std::span<const Question> open,
                                       SplitMix64& random) {
  std::unordered_set<std::string> taken;
  for (const Question& question : open) taken.insert(canonical_of(question));
  std::vector<Question> questions;
  for (std::size_t draw = 0; draw < kDrawsEach * open.size() && questions.size() < open.size();
       ++draw) {
    Question question;
    task.draw(random, question);
    if (is_held_out(question.prompt.view()) && taken.insert(canonical_of(question)).second)
      questions.push_back(question);
  }
  if (questions.size() < kFewestSealed) questions.clear();
  return questions;
}

/// The questions of each task of the ladder, by task.
std::vector<std::vector<Question>> open_questions(const Ladder& ladder) {
  std::vector<std::vector<Question>> by_task(ladder.tasks.size());
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
    questions.resize(count);
    by_task[*index] = std::move(questions);
  }
  return by_task;
}

const ArithmeticTask& kind_of(const Task& task) {
  return *std::find_if(tasks().begin(), tasks().end(),
                       [&](const ArithmeticTask& kind) { return kind.name == task.name; });
}

}  // namespace

Result<std::vector<Item>> make_items(const Ladder& ladder) {
  if (auto checked = check_tasks(ladder); !checked) return tl::unexpected(checked.error());
  const auto open = open_questions(ladder);
  std::vector<Item> items;
  for (std::size_t task = 0; task < open.size(); ++task)
    std::ranges::move(
        items_of(kind_of(ladder.tasks[task]), static_cast<TaskIndex>(task), open[task]),
        std::back_inserter(items));
  return items;
}

Result<std::vector<Item>> make_sealed_items(const Ladder& ladder) {
  if (auto checked = check_tasks(ladder); !checked) return tl::unexpected(checked.error());
  const auto open = open_questions(ladder);
  std::vector<Item> items;
  for (std::size_t task = 0; task < open.size(); ++task) {
    const ArithmeticTask& kind = kind_of(ladder.tasks[task]);
    SplitMix64 random(kSealedSeed);
    std::ranges::move(items_of(kind, static_cast<TaskIndex>(task),
                               sealed_questions(kind, open[task], random)),
                      std::back_inserter(items));
  }
  return items;
}

}  // namespace gradus::arithmetic
