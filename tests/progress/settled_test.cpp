#include "progress/settled.h"

namespace gradus {
namespace {

TaskProgress task_with(Verdict verdict) {
  TaskProgress task;
  task.verdict = verdict;
  task.noise_sd = 0.01;
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

TEST(Settled, WaitsUntilTheNoiseIsKnown) {
  TaskProgress task = task_with(Verdict::kDormant);
  task.noise_sd.reset();
  EXPECT_FALSE(is_settled(task));
}

}  // namespace
}  // namespace gradus
