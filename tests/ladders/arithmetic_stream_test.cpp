#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "tests/ladders/arithmetic_oracle.h"

namespace gradus {
namespace {

using test::ArithmeticRecord;
using test::take_apart;

Ladder arithmetic_ladder() { return load_ladder("arithmetic").value(); }

std::unique_ptr<RecordGenerator> stream(const Ladder& ladder, std::uint64_t seed,
                                        std::vector<StreamChange> changes = {}) {
  return std::move(find_generator("arithmetic")->make(ladder, seed, changes).value());
}

std::string error_of(const Ladder& ladder, std::vector<StreamChange> changes) {
  const auto made = find_generator("arithmetic")->make(ladder, 1, changes);
  return made ? "no error" : made.error().message;
}

std::string_view task_of(std::string_view record) {
  constexpr std::string_view kHead = R"({"task":")";
  const std::string_view rest = record.substr(kHead.size());
  return rest.substr(0, rest.find('"'));
}

std::string_view prompt_of(std::string_view record) {
  constexpr std::string_view kKey = R"("prompt":")";
  const std::string_view rest = record.substr(record.find(kKey) + kKey.size());
  return rest.substr(0, rest.find("=\""));
}

std::map<std::string, int, std::less<>> counts(RecordGenerator& generator, int records) {
  std::map<std::string, int, std::less<>> counted;
  std::string record;
  for (int i = 0; i < records; ++i) {
    generator.next(record);
    const std::string_view task = task_of(record);
    const auto found = counted.find(task);
    if (found == counted.end()) {
      counted.emplace(task, 1);
    } else {
      ++found->second;
    }
  }
  return counted;
}

TEST(ArithmeticStream, WritesOneLineOfJsonPerRecord) {
  auto generator = stream(arithmetic_ladder(), 1);
  std::string record;
  for (int i = 0; i < 1000; ++i) {
    generator->next(record);
    ASSERT_FALSE(take_apart(record).task.empty()) << record;
  }
}

// How many examples of each task the first records of seed 1 hold, as the column n_task of recorded
// learning curves carries them: a draw more or less anywhere changes these numbers.
TEST(ArithmeticStream, DrawsTheRecordedSequence) {
  const Ladder ladder = arithmetic_ladder();
  const std::map<std::string, int, std::less<>> after_1024 = {
      {"copy", 161}, {"max", 164},  {"next", 160}, {"odd", 137}, {"add1", 77},   {"sub1", 81},
      {"add2n", 22}, {"add2c", 34}, {"sub2", 28},  {"add3", 49}, {"twostep", 8}, {"modadd", 12},
      {"mul", 44},   {"expr", 12},  {"gcd", 8},    {"solve", 8}, {"add4", 19}};
  const std::map<std::string, int, std::less<>> after_1600000 = {
      {"copy", 239325},   {"max", 239703},   {"next", 239285}, {"odd", 238982}, {"add1", 119225},
      {"sub1", 120231},   {"add2n", 60074},  {"add2c", 59605}, {"sub2", 59579}, {"add3", 59351},
      {"twostep", 14976}, {"modadd", 15127}, {"mul", 59826},   {"expr", 14815}, {"gcd", 15026},
      {"solve", 14965},   {"add4", 29905}};
  EXPECT_EQ(counts(*stream(ladder, 1), 1024), after_1024);
  EXPECT_EQ(counts(*stream(ladder, 1), 1'600'000), after_1600000);
}

TEST(ArithmeticStream, GivesEverySeedAStreamOfItsOwn) {
  const Ladder ladder = arithmetic_ladder();
  EXPECT_NE(counts(*stream(ladder, 1), 2000), counts(*stream(ladder, 2), 2000));
}

// Pearson's chi-square over 17 tasks: 16 degrees of freedom, 39.25 is the 99.9 % point.
TEST(ArithmeticStream, SharesTheStreamByWeight) {
  const Ladder ladder = arithmetic_ladder();
  constexpr int kRecords = 1'000'000;
  constexpr double kTotalWeight = 107;
  const auto counted = counts(*stream(ladder, 5), kRecords);
  double chi_square = 0;
  for (const Task& task : ladder.tasks) {
    const double expected = kRecords * task.weight / kTotalWeight;
    const double difference = counted.at(task.name) - expected;
    chi_square += difference * difference / expected;
  }
  EXPECT_LT(chi_square, 39.25);
}

TEST(ArithmeticStream, AnswersEveryQuestionRightly) {
  auto generator = stream(arithmetic_ladder(), 3);
  std::string record;
  for (int i = 0; i < 50'000; ++i) {
    generator->next(record);
    const ArithmeticRecord parts = take_apart(record);
    ASSERT_EQ(std::to_string(test::answer_of(parts.prompt)), parts.answer) << record;
  }
}

TEST(ArithmeticStream, CarriesNoItemNorItsTwinInAMillionRecords) {
  const Ladder ladder = arithmetic_ladder();
  std::unordered_set<std::string> forbidden;
  const std::vector<Item> items = ladder_items(ladder).value();
  for (const Item& item : items) {
    for (std::string& twin : test::twins(take_apart(item.record).prompt)) {
      forbidden.insert(std::move(twin));
    }
  }
  auto generator = stream(ladder, 1);
  std::string record;
  std::string prompt;
  for (int i = 0; i < 1'000'000; ++i) {
    generator->next(record);
    prompt = prompt_of(record);
    ASSERT_FALSE(forbidden.contains(prompt)) << record;
  }
}

TEST(ArithmeticStream, DrawsOnlyTheTasksOfTheLadder) {
  const Ladder ladder = parse_ladder(R"(
format: 1
name: two
generator: arithmetic
tiers:
  - {name: only, tasks: [{name: sub2, weight: 3}, {name: copy}, {name: odd, weight: 0}]}
)",
                                     "two.yaml", {})
                            .value();
  const auto counted = counts(*stream(ladder, 1), 40'000);
  ASSERT_EQ(counted.size(), 2u);
  // 3 of 4 with a standard deviation of 0.0022; the bound is four of them.
  EXPECT_NEAR(counted.at("sub2") / 40'000.0, 0.75, 0.0088);
}

StreamChange shuffle(std::string task, std::uint64_t from) {
  return {StreamChange::Kind::kShuffleAnswers, from, std::move(task)};
}

StreamChange remove(std::string tier, std::uint64_t from) {
  return {StreamChange::Kind::kRemoveTier, from, std::move(tier)};
}

TEST(ArithmeticStream, ShufflesTheAnswersOfOneTaskAndNothingElse) {
  const Ladder ladder = arithmetic_ladder();
  auto healthy = stream(ladder, 1);
  auto shuffled = stream(ladder, 1, {shuffle("sub1", 1000)});
  std::string before;
  std::string after;
  int changed = 0;
  int concerned = 0;
  for (int i = 0; i < 20'000; ++i) {
    healthy->next(before);
    shuffled->next(after);
    const bool of_task = i >= 1000 && task_of(before) == "sub1";
    ASSERT_EQ(prompt_of(before), prompt_of(after));
    ASSERT_TRUE(of_task || before == after);
    concerned += of_task ? 1 : 0;
    changed += before != after ? 1 : 0;
  }
  // About one false answer in 90 is right by chance.
  EXPECT_GT(changed, concerned * 0.97);
  EXPECT_LT(changed, concerned);
}

TEST(ArithmeticStream, ShuffledAnswersKeepTheirDistribution) {
  // Half of all numbers are odd, so shuffled answers agree with the true ones half of the time and
  // are ones half of the time: 4 standard deviations of 0.5 / sqrt(15,000) are 0.0163.
  auto generator = stream(arithmetic_ladder(), 1, {shuffle("odd", 0)});
  std::string record;
  int asked = 0, right = 0, ones = 0;
  for (int i = 0; i < 100'000; ++i) {
    generator->next(record);
    if (task_of(record) != "odd") continue;
    const ArithmeticRecord parts = take_apart(record);
    ++asked;
    right += std::to_string(test::answer_of(parts.prompt)) == parts.answer ? 1 : 0;
    ones += parts.answer == "1" ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(right) / asked, 0.5, 0.0163);
  EXPECT_NEAR(static_cast<double>(ones) / asked, 0.5, 0.0163);
}

TEST(ArithmeticStream, StopsDrawingARemovedTier) {
  const Ladder ladder = arithmetic_ladder();
  auto generator = stream(ladder, 1, {remove("kindergarten", 5000)});
  EXPECT_EQ(counts(*generator, 5000), counts(*stream(ladder, 1), 5000));
  const auto after = counts(*generator, 50'000);
  EXPECT_EQ(after.size(), 13u);
  EXPECT_EQ(after.count("copy"), 0u);
  // The other weights, 43 of 107, fill the stream: add1 has 8 of them; 4 standard deviations.
  EXPECT_NEAR(after.at("add1") / 50'000.0, 8.0 / 43, 0.007);
}

TEST(ArithmeticStream, AppliesSeveralChangesInTheOrderOfTheirRecords) {
  const Ladder ladder = arithmetic_ladder();
  auto generator = stream(ladder, 1, {remove("primary", 4000), remove("kindergarten", 2000)});
  counts(*generator, 2000);
  EXPECT_EQ(counts(*generator, 2000).count("add1"), 1u);
  EXPECT_EQ(counts(*generator, 2000).count("add1"), 0u);
}

TEST(ArithmeticStream, DrawsARemovedTierAgainWhereTheChangeEnds) {
  const Ladder ladder = arithmetic_ladder();
  StreamChange change = remove("kindergarten", 2000);
  change.until = 4000;
  auto generator = stream(ladder, 1, {change});
  counts(*generator, 2000);
  EXPECT_EQ(counts(*generator, 2000).count("copy"), 0u);
  const auto after = counts(*generator, 50'000);
  // copy has 16 of all 107 weights again; 4 standard deviations.
  EXPECT_NEAR(after.at("copy") / 50'000.0, 16.0 / 107, 0.0064);
}

TEST(ArithmeticStream, IsTheHealthyStreamAgainWhereAShuffleEnds) {
  const Ladder ladder = arithmetic_ladder();
  StreamChange change = shuffle("sub1", 1000);
  change.until = 3000;
  auto healthy = stream(ladder, 1);
  auto shuffled = stream(ladder, 1, {change});
  healthy->skip(3000);
  shuffled->skip(3000);
  std::string expected, record;
  for (int i = 0; i < 1000; ++i) {
    healthy->next(expected);
    shuffled->next(record);
    ASSERT_EQ(record, expected);
  }
}

TEST(ArithmeticStream, RefusesChangesThatNameNothing) {
  const Ladder ladder = arithmetic_ladder();
  EXPECT_EQ(error_of(ladder, {shuffle("sub11", 0)}),
            "change of the stream: no task \"sub11\"; did you mean sub1?");
  EXPECT_EQ(error_of(ladder, {remove("midle", 0)}),
            "change of the stream: no tier \"midle\"; did you mean middle?");
}

TEST(ArithmeticStream, RefusesToLeaveNothingToDraw) {
  std::vector<StreamChange> all;
  const Ladder ladder = arithmetic_ladder();
  for (const Tier& tier : ladder.tiers) all.push_back(remove(tier.name, 10));
  EXPECT_EQ(error_of(ladder, all),
            "ladder arithmetic: no task with a weight above 0 is left to draw");
}

}  // namespace
}  // namespace gradus
