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

}  // namespace
}  // namespace gradus
