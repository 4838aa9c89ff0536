#include "progress/settled.h"

namespace gradus {
namespace {

TaskProgress task_with(Verdict verdict) {
  TaskProgress task;
  task.verdict = verdict;
  task.noise_sd = 0.01;
  task.score = task.target;
  return task;
}

TEST(Settled, IsATaskThatRestsMasteredOrDormant) {
  EXPECT_TRUE(is_settled(task_with(Verdict::kMastered)));
  EXPECT_TRUE(is_settled(task_with(Verdict::kDormant)));
  EXPECT_FALSE(is_settled(task_with(Verdict::kLearning)));
  EXPECT_FALSE(is_settled(task_with(Verdict::kStalled)));
  EXPECT_FALSE(is_settled(task_with(Verdict::kRegressing)));
}

TEST(Settled, EndsWithTheFirstSignOfAChange) {
  TaskProgress mastered = task_with(Verdict::kMastered), dormant = task_with(Verdict::kDormant);
  mastered.regress.log_e = 1.5;
  dormant.progress.log_e = 1.5;
  EXPECT_FALSE(is_settled(mastered));
  EXPECT_FALSE(is_settled(dormant));
}

TEST(Settled, EndsWhereAMasteredTaskIsBelowItsTarget) {
  TaskProgress task = task_with(Verdict::kMastered);
  task.score = task.target - 0.01;
  EXPECT_FALSE(is_settled(task));
}

/// Five tiers of one dormant task each, whose noise is not known yet.
ProgressReport five_tiers() {
  ProgressReport report;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    report.tiers.push_back({.tier = name});
    report.tasks.emplace_back().tier = name;
  }
  return report;
}

TEST(Interest, ReachesTheTwoLowestTiersAtFirst) {
  EXPECT_THAT(
      interest_of(five_tiers()),
      ::testing::ElementsAre(Interest::kFrontier, Interest::kFrontier, Interest::kOutOfReach,
                             Interest::kOutOfReach, Interest::kOutOfReach));
}

TEST(Interest, ReachesTwoTiersBeyondTheHighestThatMoves) {
  ProgressReport report = five_tiers();
  report.tasks[1].verdict = Verdict::kLearning;
  EXPECT_THAT(interest_of(report),
              ::testing::ElementsAre(Interest::kFrontier, Interest::kFrontier, Interest::kFrontier,
                                     Interest::kFrontier, Interest::kOutOfReach));
}

TEST(Interest, IsForAllTasksWhereTheModelSeemsNotToChange) {
  ProgressReport report = five_tiers();
  report.unchanged_suspected = true;
  EXPECT_THAT(interest_of(report), ::testing::Each(Interest::kFrontier));
}

TEST(Settled, WaitsUntilTheNoiseIsKnown) {
  TaskProgress task = task_with(Verdict::kDormant);
  task.noise_sd.reset();
  EXPECT_FALSE(is_settled(task));
}

}  // namespace
}  // namespace gradus
