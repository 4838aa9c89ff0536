#include "terminal/ladder_rows.h"

#include "tests/terminal/ladder_fixture.h"

namespace gradus::test {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> keys(const ProgressReport& report, RowOrder order, const Folds& folds,
                              std::size_t height) {
  std::vector<std::string> out;
  for (const LadderRow& row : ladder_rows(report, order, folds, height)) out.push_back(row.key());
  return out;
}

TEST(LadderRows, StandInTheLaddersOrderWhereTheyFit) {
  EXPECT_THAT(
      keys(three_tiers(), RowOrder::kLadder, {}, 6),
      ElementsAre("task copy", "task odd", "task add", "task sub", "task mul", "task solve"));
}

TEST(LadderRows, MasteredTiersFoldWhereTheyDoNotFit) {
  EXPECT_THAT(keys(three_tiers(), RowOrder::kLadder, {}, 3),
              ElementsAre("tier first", "task add", "task sub", "task mul", "task solve"));
}

TEST(LadderRows, SomebodysChoiceCountsMore) {
  EXPECT_THAT(keys(three_tiers(), RowOrder::kLadder, {{"first", false}, {"third", true}}, 3),
              ElementsAre("task copy", "task odd", "task add", "task sub", "tier third"));
}

TEST(LadderRows, SortByScoreVerdictAndChange) {
  ProgressReport report = three_tiers();
  report.tasks[1].verdict = Verdict::kRegressing;
  report.tasks[1].since_step = 90'000;
  report.tasks[5].items = 0;  // not probed yet
  report.tasks[5].score = 0;
  EXPECT_THAT(
      keys(report, RowOrder::kScore, {}, 2),
      ElementsAre("task mul", "task add", "task sub", "task copy", "task odd", "task solve"));
  EXPECT_THAT(
      keys(report, RowOrder::kVerdict, {}, 2),
      ElementsAre("task odd", "task add", "task sub", "task mul", "task solve", "task copy"));
  EXPECT_THAT(
      keys(report, RowOrder::kNewest, {}, 2),
      ElementsAre("task odd", "task add", "task sub", "task copy", "task mul", "task solve"));
}

TEST(LadderRows, NameTheirTierOnce) {
  const ProgressReport report = three_tiers();
  const auto rows = ladder_rows(report, RowOrder::kLadder, {}, 9);
  EXPECT_TRUE(rows[0].names_tier);
  EXPECT_FALSE(rows[1].names_tier);
  EXPECT_TRUE(rows[2].names_tier);
}

}  // namespace
}  // namespace gradus::test
