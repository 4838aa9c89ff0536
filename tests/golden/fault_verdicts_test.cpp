#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "tests/golden/replay.h"
#include "tests/support/grown_learner.h"

namespace gradus::test {
namespace {

constexpr Step kFault = 200'000;
static_assert(kFault > kGrown);

/// A run of so many examples, from the grown learner on.
Replay grow_to(Step examples, const std::string& fault = {}) {
  const TempDir folder;
  return replay_in(copy_grown_learner(folder), examples, fault);
}

/// The verdict of every task when the fault begins.
std::map<std::string, Verdict> verdicts_before(const Replay& replay) {
  std::map<std::string, Verdict> verdicts;
  for (const auto& [task, change] : replay.changes)
    if (change.step <= kFault) verdicts[task] = change.to;
  return verdicts;
}

/// Doublings from the fault to the first change of each task to this verdict after it.
std::map<std::string, double> delays(const Replay& replay, Verdict verdict) {
  std::map<std::string, double> found;
  for (const auto& [task, change] : replay.changes)
    if (change.step > kFault && change.to == verdict)
      found.emplace(task, std::log2(static_cast<double>(change.step) / kFault));
  return found;
}

std::vector<std::string> tasks_of(const std::map<std::string, double>& found) {
  std::vector<std::string> tasks;
  for (const auto& [task, delay] : found) tasks.push_back(task);
  return tasks;
}

/// The tasks with this verdict when the fault begins, by name.
std::vector<std::string> tasks_with(const Replay& replay, Verdict verdict) {
  std::vector<std::string> tasks;
  for (const auto& [task, before] : verdicts_before(replay))
    if (before == verdict) tasks.push_back(task);
  return tasks;
}

constexpr double kGrid = 1.0 / 40;  // doublings between two snapshots

// Two snapshots at most: the first that can show the fault, and one more since batches and
// snapshots do not begin with it.
TEST(FaultVerdicts, ShuffledAnswersShowAtTheFirstProbesAndInNoOtherTask) {
  const Replay done = grow_to(230'000, "shuffle@200000");
  ASSERT_EQ(verdicts_before(done)["sub1"], Verdict::kLearning);
  const auto found = delays(done, Verdict::kRegressing);
  EXPECT_EQ(tasks_of(found), std::vector<std::string>{"sub1"});
  EXPECT_LE(found.at("sub1"), 2 * kGrid);
  for (const auto& [task, change] : done.changes) {
    if (task != "sub1" || change.to != Verdict::kRegressing) continue;
    ASSERT_TRUE(change.alarm);
    EXPECT_GE(change.alarm->evidence.log_e, change.alarm->evidence.threshold);
    EXPECT_LT(change.alarm->slope_now, 0);
  }
}

// What was learning falls at once. What was mastered is probed more thinly and has risen so steeply
// that its noise counts as high, which makes its verdict slower.
TEST(FaultVerdicts, DivergenceShowsInEveryTaskThatWasLearning) {
  const Replay done = grow_to(230'000, "diverge@200000");
  const auto learning = tasks_with(done, Verdict::kLearning);
  EXPECT_GE(learning.size(), 6U);
  const auto found = delays(done, Verdict::kRegressing);
  for (const std::string& task : learning) {
    ASSERT_TRUE(found.contains(task)) << task;
    EXPECT_LE(found.at(task), 3 * kGrid) << task;
  }
}

TEST(FaultVerdicts, AForgottenTierTurnsFromMasteredToRegressing) {
  const Replay done = grow_to(400'000, "forget@200000");
  const std::vector<std::string> kindergarten = {"copy", "max", "next", "odd"};
  EXPECT_EQ(tasks_with(done, Verdict::kMastered), kindergarten);
  EXPECT_EQ(tasks_of(delays(done, Verdict::kRegressing)), kindergarten);
}

TEST(FaultVerdicts, AHealthyRunHasNoneThatIsRegressingOrStalled) {
  const Replay done = grow_to(230'000);
  for (const auto& [task, change] : done.changes) {
    EXPECT_NE(change.to, Verdict::kRegressing) << task;
    EXPECT_NE(change.to, Verdict::kStalled) << task;
  }
  EXPECT_EQ(tasks_with(done, Verdict::kMastered).size(), 4U);
}

}  // namespace
}  // namespace gradus::test
