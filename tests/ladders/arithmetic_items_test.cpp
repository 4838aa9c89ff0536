#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "ladders/generator.h"
#include "ladders/generators/arithmetic_tasks.h"
#include "ladders/ladder_file.h"
#include "tests/ladders/arithmetic_oracle.h"

namespace gradus {
namespace {

using test::take_apart;

Ladder arithmetic_ladder() { return load_ladder("arithmetic").value(); }

std::map<std::string, std::vector<Item>, std::less<>> items_by_task(const Ladder& ladder) {
  std::map<std::string, std::vector<Item>, std::less<>> by_task;
  std::vector<Item> items = ladder_items(ladder).value();
  for (Item& item : items) {
    by_task[ladder.tasks[item.task].name].push_back(std::move(item));
  }
  return by_task;
}

Ladder parsed(const std::string& tasks) {
  return parse_ladder(
             "format: 1\nname: part\ngenerator: arithmetic\ntiers:\n  - name: only\n    tasks: [" +
                 tasks + "]\n",
             "part.yaml", {})
      .value();
}

TEST(ArithmeticItems, Are128DistinctHeldOutQuestionsPerTask) {
  const Ladder ladder = arithmetic_ladder();
  const auto items = items_by_task(ladder);
  ASSERT_EQ(items.size(), 17u);
  for (const auto& [task, some] : items) {
    std::set<std::string> prompts;
    for (const Item& item : some) {
      const test::ArithmeticRecord parts = take_apart(item.record);
      EXPECT_EQ(parts.task, task);
      EXPECT_EQ(std::to_string(test::answer_of(parts.prompt)), parts.answer) << item.record;
      EXPECT_TRUE(arithmetic::is_held_out(parts.prompt)) << item.record;
      prompts.insert(parts.prompt);
    }
    EXPECT_EQ(some.size(), 128u);
    EXPECT_EQ(prompts.size(), 128u);
  }
}

TEST(ArithmeticItems, StandInTaskOrder) {
  const auto items = ladder_items(arithmetic_ladder()).value();
  EXPECT_TRUE(std::is_sorted(items.begin(), items.end(),
                             [](const Item& l, const Item& r) { return l.task < r.task; }));
}

TEST(ArithmeticItems, AreTheSameInEveryLadder) {
  const auto all = items_by_task(arithmetic_ladder());
  const auto few = items_by_task(parsed("{name: add4, items: 20}, {name: max, items: 130}"));
  ASSERT_EQ(few.at("add4").size(), 20u);
  ASSERT_EQ(few.at("max").size(), 130u);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(few.at("add4")[i].record, all.at("add4")[i].record);
    EXPECT_EQ(few.at("max")[i].record, all.at("max")[i].record);
  }
}

TEST(ArithmeticItems, AreTaggedByWhatMakesThemHard) {
  const auto items = items_by_task(arithmetic_ladder());
  for (const Item& item : items.at("add3")) {
    const std::string prompt = take_apart(item.record).prompt;
    const int a = std::stoi(prompt), b = std::stoi(prompt.substr(4));
    const int carries = (a % 10 + b % 10 >= 10) + (a % 100 + b % 100 >= 100) + (a + b >= 1000);
    const std::string expected = carries == 0   ? "no_carry"
                                 : carries == 1 ? "one_carry"
                                                : "more_carries";
    EXPECT_EQ(item.tags, std::vector{expected}) << prompt;
  }
  for (const Item& item : items.at("gcd")) {
    const bool coprime = take_apart(item.record).answer == "1";
    EXPECT_EQ(item.tags[0] == "gcd_1", coprime) << item.record;
  }
}

TEST(ArithmeticItems, HaveFewTagsThatSplitTheTask) {
  for (const auto& [task, items] : items_by_task(arithmetic_ladder())) {
    std::map<std::string, std::size_t> tagged;
    for (const Item& item : items) {
      for (const std::string& tag : item.tags) ++tagged[tag];
    }
    EXPECT_LE(tagged.size(), 4u) << task;
    for (const auto& [tag, count] : tagged) {
      EXPECT_TRUE(is_name(tag)) << tag;
      EXPECT_GE(count, 8u) << task << " " << tag;
      EXPECT_LT(count, items.size()) << task << " " << tag;
    }
  }
}

/// Probabilities of the characters of an answer by position; the tenth is its end.
class AnswerModel {
 public:
  void count(int answer) {
    ++answers_[answer];
    const std::string text = std::to_string(answer) + kEnd;
    for (std::size_t i = 0; i < text.size(); ++i) {
      ++seen_[i][static_cast<std::size_t>(text[i] - '0')];
      ++total_[i];
    }
  }

  int commonest() const {
    return std::max_element(answers_.begin(), answers_.end(),
                            [](const auto& l, const auto& r) { return l.second < r.second; })
        ->first;
  }

  /// The geometric mean over the answer's characters, its end included.
  double q(const std::string& answer) const {
    const std::string text = answer + kEnd;
    double log_sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      log_sum += std::log(seen_[i][static_cast<std::size_t>(text[i] - '0')] / total_[i]);
    }
    return std::exp(log_sum / static_cast<double>(text.size()));
  }

 private:
  static constexpr char kEnd = '9' + 1;
  std::map<int, int> answers_;
  std::array<std::array<double, 11>, 8> seen_{};
  std::array<double, 8> total_{};
};

/// What a ladder file says of a task, measured: what a model scores that knows the answers of the
/// stream and no question.
struct Floors {
  double q = 0;
  double exact = 0;
  std::size_t prompts = 0;  ///< distinct ones among the draws
};

/// From 50,000 questions of each task, drawn task after task by one SplitMix64(9).
std::map<std::string, Floors> measured_floors() {
  constexpr int kDraws = 50'000;
  const auto items = items_by_task(arithmetic_ladder());
  std::map<std::string, Floors> all;
  SplitMix64 random(9);
  for (const arithmetic::ArithmeticTask& task : arithmetic::tasks()) {
    AnswerModel model;
    std::set<std::string, std::less<>> prompts;
    arithmetic::Question question;
    for (int i = 0; i < kDraws; ++i) {
      arithmetic::draw_for_stream(task, random, question);
      model.count(question.answer);
      prompts.emplace(question.prompt.view());
    }
    Floors floors{.q = 0, .exact = 0, .prompts = prompts.size()};
    const std::vector<Item>& asked = items.find(task.name)->second;
    for (const Item& item : asked) {
      const std::string answer = take_apart(item.record).answer;
      floors.q += model.q(answer) / static_cast<double>(asked.size());
      floors.exact +=
          (std::stoi(answer) == model.commonest() ? 1.0 : 0.0) / static_cast<double>(asked.size());
    }
    all.emplace(task.name, floors);
  }
  return all;
}

// The file gives three digits: half a unit of the last one is 0.0005, and a tie rounds either way.
TEST(ArithmeticItems, HaveTheFloorsThatTheLadderFileStates) {
  const auto measured = measured_floors();
  for (const Task& task : arithmetic_ladder().tasks) {
    const Floors& floors = measured.at(task.name);
    std::printf("%-8s floor %.4f exact floor %.4f\n", task.name.c_str(), floors.q, floors.exact);
    EXPECT_NEAR(floors.q, task.floor, 0.00051) << task.name;
    EXPECT_NEAR(floors.exact, task.exact_floor, 0.00051) << task.name;
  }
}

// docs/ladders.md: how many different questions the stream holds. The small spaces are seen whole.
TEST(ArithmeticItems, LeaveTheStreamAsManyPromptsAsDocumented) {
  const auto measured = measured_floors();
  const std::map<std::string, std::size_t> exactly = {{"copy", 819}, {"max", 792},  {"next", 808},
                                                      {"odd", 800},  {"add1", 812}, {"sub1", 719},
                                                      {"mul", 570}};
  for (const auto& [task, prompts] : exactly) EXPECT_EQ(measured.at(task).prompts, prompts) << task;
  const std::map<std::string, double> thousands = {{"add2n", 1.6}, {"add2c", 4.9}, {"sub2", 3.2},
                                                   {"expr", 2.1},  {"gcd", 5.5},   {"solve", 6.8}};
  for (const auto& [task, prompts] : thousands) {
    EXPECT_NEAR(static_cast<double>(measured.at(task).prompts) / 1000, prompts, 0.05) << task;
  }
}

TEST(ArithmeticItems, CanBeAsManyAsThereAreHeldOutQuestions) {
  for (const GeneratorTask& task : find_generator("arithmetic")->tasks()) {
    Ladder ladder = parsed("{name: " + std::string(task.name) + "}");
    ladder.tasks[0].items = task.most_items;
    EXPECT_EQ(ladder_items(ladder).value().size(), task.most_items) << task.name;
  }
}

// 400,000 draws see every question of the spaces that have fewer than 1,000 held-out ones.
TEST(ArithmeticItems, CannotBeMoreThanThereAreHeldOutQuestions) {
  SplitMix64 random(1);
  for (const arithmetic::ArithmeticTask& task : arithmetic::tasks()) {
    std::set<std::string, std::less<>> held_out;
    arithmetic::Question question;
    for (int i = 0; i < 400'000 && held_out.size() < 1000; ++i) {
      question.prompt.clear();
      task.draw(random, question);
      const std::string_view prompt = question.prompt.view();
      if (arithmetic::is_held_out(prompt)) held_out.emplace(prompt);
    }
    EXPECT_EQ(held_out.size(), task.most_items) << task.name;
  }
}

std::string canonical_of(const std::string& prompt) {
  arithmetic::PromptText canonical;
  const bool ends = prompt.ends_with('=');
  arithmetic::canonicalize(std::string_view(prompt).substr(0, prompt.size() - (ends ? 1 : 0)),
                           canonical);
  return std::string(canonical.view());
}

TEST(SealedItems, AreHeldOutAndNoneOfTheFirstInAnyOrderOfItsOperands) {
  const Ladder ladder = arithmetic_ladder();
  std::vector<std::set<std::string>> taken(ladder.tasks.size());
  const auto first = ladder_items(ladder).value();
  for (const Item& item : first)
    taken[item.task].insert(canonical_of(take_apart(item.record).prompt));
  const auto sealed = sealed_ladder_items(ladder).value();
  for (const Item& item : sealed) {
    const test::ArithmeticRecord parts = take_apart(item.record);
    EXPECT_EQ(parts.task, ladder.tasks[item.task].name);
    EXPECT_EQ(std::to_string(test::answer_of(parts.prompt)), parts.answer) << item.record;
    EXPECT_TRUE(arithmetic::is_held_out(parts.prompt)) << item.record;
    EXPECT_TRUE(taken[item.task].insert(canonical_of(parts.prompt)).second) << item.record;
  }
}

TEST(SealedItems, AreAsManyAgainOrWhatThereIsOrNone) {
  const Ladder ladder = arithmetic_ladder();
  std::map<std::string, std::size_t> count;
  const auto sealed = sealed_ladder_items(ladder).value();
  for (const Item& item : sealed) ++count[ladder.tasks[item.task].name];
  for (const auto* large : {"add3", "add4", "solve"}) EXPECT_EQ(count[large], 128u) << large;
  EXPECT_EQ(count["copy"], 181u - 128u);
  for (const auto& [task, items] : count) EXPECT_TRUE(items >= 16 && items <= 128) << task;
}

TEST(SealedItems, AreNoneWhereTheFirstSetTookAllThereIs) {
  Ladder ladder = parsed("{name: copy}");
  ladder.tasks[0].items = 181;
  EXPECT_TRUE(sealed_ladder_items(ladder).value().empty());
}

TEST(ArithmeticItems, RefuseAnUnknownTaskOrTooMany) {
  Ladder ladder = parsed("{name: copy}");
  ladder.tasks[0].items = 182;
  EXPECT_EQ(ladder_items(ladder).error().message,
            "generator arithmetic: task copy can have at most 181 items, not 182");
  ladder.tasks[0].name = "coppy";
  EXPECT_EQ(ladder_items(ladder).error().message,
            "generator arithmetic: no task \"coppy\"; did you mean copy?");
}

}  // namespace
}  // namespace gradus
