#include "progress/report_tiers.h"

#include "tests/progress/score_builder.h"

namespace gradus {
namespace {

TierProgress tier_of(std::vector<Verdict> verdicts) {
  const Ladder ladder = test::ladder_of(verdicts.size());
  std::vector<TaskProgress> tasks(verdicts.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    tasks[i].verdict = verdicts[i];
    tasks[i].step = 100;
    tasks[i].score = 0.2 * static_cast<double>(i);
  }
  return tier_progress(ladder, tasks)[0];
}

TEST(TierProgress, IsMasteredWhenAllTasksAre) {
  EXPECT_EQ(tier_of({Verdict::kMastered, Verdict::kMastered}).verdict, Verdict::kMastered);
}

TEST(TierProgress, ShowsTheHighestCodeAmongTasksNotMastered) {
  EXPECT_EQ(tier_of({Verdict::kMastered, Verdict::kLearning}).verdict, Verdict::kLearning);
  EXPECT_EQ(tier_of({Verdict::kStalled, Verdict::kDormant}).verdict, Verdict::kStalled);
  EXPECT_EQ(tier_of({Verdict::kStalled, Verdict::kRegressing}).verdict, Verdict::kRegressing);
}

TEST(TierProgress, ScoresTheMeanOfTheTasksProbed) {
  EXPECT_DOUBLE_EQ(tier_of({Verdict::kDormant, Verdict::kDormant, Verdict::kDormant}).score, 0.2);
  const Ladder ladder = test::ladder_of(2);
  EXPECT_EQ(tier_progress(ladder, std::vector<TaskProgress>(2))[0].score, 0);
}

Forecast with_belief(double belief) {
  Forecast forecast;
  forecast.belief = belief;
  return forecast;
}

/// A tier of one task for each belief; a negative one stands for no forecast.
std::optional<Interval> belief_of(const std::vector<double>& beliefs) {
  std::vector<TaskProgress> tasks(beliefs.size());
  for (std::size_t i = 0; i < tasks.size(); ++i)
    if (beliefs[i] >= 0) tasks[i].forecast = with_belief(beliefs[i]);
  return tier_progress(test::ladder_of(beliefs.size()), tasks)[0].belief;
}

TEST(TierBelief, LiesBetweenIndependentTasksAndTheSlowest) {
  const auto belief = belief_of({0.5, 0.8});
  ASSERT_TRUE(belief);
  EXPECT_DOUBLE_EQ(belief->lower, 0.4);
  EXPECT_DOUBLE_EQ(belief->upper, 0.5);
}

TEST(TierBelief, NeedsAForecastOfEveryTaskThatIsNotMastered) {
  EXPECT_FALSE(belief_of({0.5, -1}));
  std::vector<TaskProgress> tasks(2);
  tasks[0].verdict = Verdict::kMastered;
  tasks[1].forecast = with_belief(0.3);
  const auto belief = tier_progress(test::ladder_of(2), tasks)[0].belief;
  ASSERT_TRUE(belief);
  EXPECT_DOUBLE_EQ(belief->lower, 0.3);
}

std::string frontier(const std::vector<Verdict>& verdicts) {
  std::vector<TierProgress> tiers;
  for (const Verdict verdict : verdicts)
    tiers.push_back({"tier" + std::to_string(tiers.size()), verdict, 0, {}});
  const TierProgress* found = frontier_of(tiers);
  return found == nullptr ? "" : found->tier;
}

TEST(Frontier, IsTheFirstTierWhereSomethingHappens) {
  EXPECT_EQ(frontier({Verdict::kMastered, Verdict::kLearning, Verdict::kDormant}), "tier1");
  EXPECT_EQ(frontier({Verdict::kMastered, Verdict::kDormant, Verdict::kStalled}), "tier2");
  EXPECT_EQ(frontier({Verdict::kMastered, Verdict::kDormant, Verdict::kDormant}), "tier1");
  EXPECT_EQ(frontier({Verdict::kMastered, Verdict::kMastered}), "");
}

}  // namespace
}  // namespace gradus
