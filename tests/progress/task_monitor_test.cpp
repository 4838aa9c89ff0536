#include "progress/task_monitor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"

namespace gradus {
namespace {

constexpr MonitorOptions kOptions{.floor = 0.2, .target = 0.9};

/// A curve at 40 probes a doubling from n = 1,024, with white noise.
class Curve {
 public:
  explicit Curve(const MonitorOptions& options = kOptions) : monitor(options, 128) {}

  /// Goes on for some doublings at a slope, never above `limit`; gives the moves on the way.
  std::vector<VerdictMove> grow(double doublings, double slope, double limit = 1) {
    std::vector<VerdictMove> moves;
    for (int i = 0; i < doublings * 40; ++i) {
      u += 1 / 40.0;
      level = std::min(limit, level + slope / 40);
      const double score = std::clamp(level + noise * random.normal(), 0.0, 1.0);
      const auto outcome = monitor.add(
          {.step = static_cast<Step>(std::exp2(u)), .score = score, .item_sd = 0.2, .items = 128});
      if (outcome.move) moves.push_back(*outcome.move);
    }
    return moves;
  }

  TaskMonitor monitor;
  double u = 10, level = 0.05, noise = 0.005;
  SplitMix64 random{11};
};

TEST(TaskMonitor, FollowsAHealthyCurveFromDormantToMastered) {
  Curve curve;
  std::vector<VerdictMove> moves = curve.grow(10, 0.1, 0.98);
  ASSERT_EQ(moves.size(), 2u);
  EXPECT_EQ(moves[0].to, Verdict::kLearning);
  EXPECT_EQ(moves[1].to, Verdict::kMastered);
}

// The detector has no noise to judge by before its warm-up; the score at the target needs none.
TEST(TaskMonitor, CountsMasteryBeforeTheWarmUpAsAnImprovement) {
  TaskMonitor monitor({.floor = 0.2, .target = 0.8}, 128);
  std::vector<bool> improved;
  for (Step step = 1000; step < 1008; ++step)
    improved.push_back(monitor
                           .add({.step = step,
                                 .score = 0.99,
                                 .item_sd = 0.01,
                                 .items = 128,
                                 .peek_safe_lower = 0.87})
                           .improved);
  EXPECT_FALSE(monitor.warm());
  EXPECT_EQ(monitor.verdict(), Verdict::kMastered);
  EXPECT_EQ(std::count(improved.begin(), improved.end(), true), 1);
  EXPECT_TRUE(improved.front());
}

TEST(TaskMonitor, RestsDormantOnTheFloor) {
  Curve curve;
  curve.grow(2, 0.1, 0.2);
  curve.grow(6, 0);
  EXPECT_EQ(curve.monitor.verdict(), Verdict::kDormant);
}

TEST(TaskMonitor, FindsAStallWithItsWindowAndSlopes) {
  Curve curve;
  curve.grow(5, 0.1);
  const double stopped_at = curve.u;
  const std::vector<VerdictMove> moves = curve.grow(3, 0);
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].to, Verdict::kStalled);
  ASSERT_TRUE(moves[0].alarm);
  EXPECT_GE(moves[0].alarm->evidence.log_e, moves[0].alarm->evidence.threshold);
  EXPECT_NEAR(moves[0].alarm->evidence.threshold, 7.6009, 5e-5);
  EXPECT_NEAR(doublings(moves[0].alarm->window_from), stopped_at, 0.5);
  EXPECT_NEAR(moves[0].alarm->slope_before, 0.045, 0.01);  // half of 0.1, less the error
  EXPECT_LT(moves[0].alarm->slope_now, 0.03);
}

TEST(TaskMonitor, SaysOfLearningWhatFoundTheProgressThoughTheFloorWasPassedLater) {
  // Rises to the floor and rests there: progress is found, and the verdict waits. Then a score that
  // all items agree on passes the floor, with no slope that could be found.
  Curve curve;
  ASSERT_TRUE(curve.grow(4, 0.05, 0.2).empty());
  ASSERT_TRUE(curve.grow(4, 0).empty());
  const auto outcome = curve.monitor.add({.step = static_cast<Step>(std::exp2(curve.u + 0.025)),
                                          .score = 0.205,
                                          .item_sd = 0,
                                          .items = 128});
  ASSERT_TRUE(outcome.move);
  EXPECT_FALSE(outcome.improved);
  EXPECT_EQ(outcome.move->to, Verdict::kLearning);
  ASSERT_TRUE(outcome.move->alarm);
  EXPECT_GE(outcome.move->alarm->evidence.log_e, outcome.move->alarm->evidence.threshold);
  EXPECT_LT(doublings(outcome.move->alarm->window_from), 14);
}

TEST(TaskMonitor, GivesNoAlarmForMasteryWhichTheBoundsDecide) {
  Curve curve;
  const std::vector<VerdictMove> moves = curve.grow(10, 0.1, 0.98);
  ASSERT_EQ(moves.back().to, Verdict::kMastered);
  EXPECT_FALSE(moves.back().alarm);
}

TEST(TaskMonitor, GivesNoAlarmForAStallThatEndsAtTheTarget) {
  // Noise takes the score up to the target at times, so far that no slope is found in it.
  Curve curve;
  curve.noise = 0.04;
  curve.grow(7, 0.1);
  curve.grow(4, 0);
  ASSERT_EQ(curve.monitor.verdict(), Verdict::kStalled);
  const auto outcome = curve.monitor.add({.step = static_cast<Step>(std::exp2(curve.u + 0.025)),
                                          .score = 0.9,
                                          .item_sd = 0.2,
                                          .items = 128});
  ASSERT_TRUE(outcome.move);
  EXPECT_EQ(outcome.move->to, Verdict::kLearning);
  EXPECT_FALSE(outcome.move->alarm);
}

TEST(TaskMonitor, RecoversFromAStallByNewProgress) {
  Curve curve;
  curve.grow(5, 0.1);
  curve.grow(3, 0);
  const std::vector<VerdictMove> moves = curve.grow(2, 0.1);
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].from, Verdict::kStalled);
  EXPECT_EQ(moves[0].to, Verdict::kLearning);
}

TEST(TaskMonitor, FindsTheForgettingOfAMasteredTask) {
  Curve curve;
  curve.grow(11, 0.1, 0.98);
  ASSERT_EQ(curve.monitor.verdict(), Verdict::kMastered);
  const std::vector<VerdictMove> moves = curve.grow(0.5, -0.5);
  ASSERT_GE(moves.size(), 1u);
  EXPECT_EQ(moves[0].to, Verdict::kRegressing);
  ASSERT_TRUE(moves[0].alarm);
  EXPECT_LT(moves[0].alarm->slope_now, 0);
}

// No detector knows the noise before the warm-up; the bounds need none.
TEST(TaskMonitor, SaysOfAFallThatTheBoundToldWhereTheTargetWasLeft) {
  TaskMonitor monitor({.floor = 0.2, .target = 0.8}, 128);
  std::vector<VerdictMove> moves;
  for (Step step = 1000; step < 1010; ++step) {
    const double score = step < 1005 ? 0.99 : step == 1005 ? 0.75 : 0.5;
    const auto outcome = monitor.add({.step = step,
                                      .score = score,
                                      .item_sd = 0.01,
                                      .items = 128,
                                      .peek_safe_lower = score - 0.12,
                                      .peek_safe_upper = score + 0.12});
    if (outcome.move) moves.push_back(*outcome.move);
  }
  ASSERT_EQ(moves.size(), 2u);
  EXPECT_FALSE(moves[0].left_target);
  EXPECT_EQ(moves[1].to, Verdict::kRegressing);
  EXPECT_FALSE(moves[1].alarm);
  EXPECT_EQ(moves[1].left_target, 1004u);
}

TEST(TaskMonitor, BitIdenticalScoresStallWithoutHarm) {
  Curve curve;
  curve.grow(5, 0.1);
  std::vector<Verdict> verdicts;
  for (int i = 1; i <= 120; ++i) {
    const auto outcome =
        curve.monitor.add({.step = static_cast<Step>(std::exp2(curve.u + i / 40.0)),
                           .score = 0.55,
                           .item_sd = 0.2,
                           .items = 128});
    if (outcome.move) verdicts.push_back(outcome.move->to);
  }
  EXPECT_EQ(verdicts, std::vector<Verdict>{Verdict::kStalled});
  EXPECT_TRUE(std::isfinite(curve.monitor.stall().log_e));
}

TEST(TaskMonitor, WaitsForTheWarmUp) {
  Curve curve;
  curve.grow(47.0 / 40, 0.1);
  EXPECT_FALSE(curve.monitor.warm());
  EXPECT_EQ(curve.monitor.progress().log_e, 0);
  curve.grow(2.0 / 40, 0.1);
  EXPECT_TRUE(curve.monitor.warm());
}

TEST(TaskMonitor, DoesNotMindAChangeOfSpacing) {
  // Dense, then a quarter of the probes, then dense again, on one straight curve: no alarm.
  TaskMonitor monitor(kOptions, 128);
  SplitMix64 random(5);
  double u = 10;
  for (int i = 0; i < 400; ++i) {
    u += (i / 100) % 2 == 0 ? 1 / 40.0 : 1 / 10.0;
    monitor.add({.step = static_cast<Step>(std::exp2(u)),
                 .score = 0.02 * (u - 10) + 0.25 + 0.005 * random.normal(),
                 .item_sd = 0.2,
                 .items = 128});
    EXPECT_NE(monitor.verdict(), Verdict::kStalled) << "probe " << i;
    EXPECT_NE(monitor.verdict(), Verdict::kRegressing) << "probe " << i;
  }
  EXPECT_EQ(monitor.verdict(), Verdict::kLearning);
}

// A learner faster than its probes: seen at .05, then at .7, and only then closely. The step is
// growth; taken for noise, it would hide the fall for the rest of the run.
TEST(TaskMonitor, TakesNoStepBetweenDistantProbesForNoise) {
  Curve curve;
  curve.grow(0.1, 0.1);
  curve.u += 2;
  curve.level = 0.7;
  std::vector<VerdictMove> moves = curve.grow(4, 0.05, 0.85);
  ASSERT_TRUE(curve.monitor.warm());
  EXPECT_LT(std::sqrt(curve.monitor.noise().value()), 4 * curve.noise);
  ASSERT_EQ(curve.monitor.verdict(), Verdict::kLearning);
  moves = curve.grow(1, -0.2);
  ASSERT_FALSE(moves.empty());
  EXPECT_EQ(moves.back().to, Verdict::kRegressing);
}

TEST(TaskMonitor, WaitsForProbesThatAreCloseEnoughToShowTheNoise) {
  TaskMonitor monitor(kOptions, 128);
  for (int i = 0; i < 100; ++i)
    monitor.add({.step = static_cast<Step>(std::exp2(10 + i / 3.0)),
                 .score = 0.4,
                 .item_sd = 0.2,
                 .items = 128});
  EXPECT_FALSE(monitor.warm());
}

TEST(TaskMonitor, ForgetsItsEvidenceAndNoiseButNotTheVerdictWhenRearmed) {
  Curve curve;
  curve.grow(5, 0.1);
  curve.grow(0.5, 0);  // the stall is not found yet
  ASSERT_EQ(curve.monitor.verdict(), Verdict::kLearning);
  ASSERT_GT(curve.monitor.stall().log_e, 0);
  curve.monitor.rearm();
  EXPECT_EQ(curve.monitor.verdict(), Verdict::kLearning);
  EXPECT_EQ(curve.monitor.stall().log_e, 0);
  EXPECT_EQ(curve.monitor.progress().log_e, 0);
  EXPECT_FALSE(curve.monitor.warm());
}

// A declared jump: what came before it must not count as the rate that is to be held.
TEST(TaskMonitor, TakesNoDeclaredFallForARegressionWhenRearmed) {
  Curve told, untold;
  for (Curve* curve : {&told, &untold}) {
    curve->grow(7, 0.1);
    ASSERT_EQ(curve->monitor.verdict(), Verdict::kLearning);
    curve->level -= 0.3;
  }
  told.monitor.rearm();
  EXPECT_TRUE(told.grow(3, 0.1).empty());
  const std::vector<VerdictMove> moves = untold.grow(3, 0.1);
  ASSERT_FALSE(moves.empty());
  EXPECT_EQ(moves[0].to, Verdict::kRegressing);
}

TEST(TaskMonitor, FindsAFallAfterItWasRearmed) {
  Curve curve;
  curve.grow(7, 0.1);
  curve.monitor.rearm();
  curve.grow(2, 0.05);
  const std::vector<VerdictMove> moves = curve.grow(2, -0.2);
  ASSERT_FALSE(moves.empty());
  EXPECT_EQ(moves.back().to, Verdict::kRegressing) << "perhaps stalled on the way";
}

}  // namespace
}  // namespace gradus
