// No forecast of a skill that was just lost.
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "progress/curve_progress.h"
#include "progress/recent_slope.h"
#include "progress/task_curve.h"
#include "tests/progress/score_builder.h"

namespace gradus {
namespace {

constexpr double kBand = 0.06;  // half the width of a band

/// A curve at 40 probes a doubling from n = 1,024, with white noise.
class LostSkill : public ::testing::Test {
 protected:
  /// Takes the next score, near this level.
  void probe(double level) {
    u_ += 1 / 40.0;
    const double score = std::clamp(level + noise_ * random_.normal(), 0.0, 1.0);
    curve_.add({.step = static_cast<Step>(std::exp2(u_)),
                .score = score,
                .exact = score,
                .item_sd = 0.2,
                .items = 128,
                .peek_safe_lower = score - kBand,
                .peek_safe_upper = score + kBand},
               book_);
  }
  void grow(double from, double to, double doublings) {
    const int probes = static_cast<int>(40 * doublings);
    for (int i = 1; i <= probes; ++i) probe(from + (to - from) * i / probes);
  }

  ForecastBook book_;
  CurveProgress curve_{{.floor = 0.2, .target = 0.9}, 0.1, 128};
  double u_ = 10, noise_ = 0.005;
  SplitMix64 random_{3};
};

TEST_F(LostSkill, HasAForecastWhileItGrowsAndWhileItHolds) {
  grow(0.3, 0.7, 4);
  EXPECT_TRUE(curve_.forecast());
  grow(0.7, 0.95, 2);
  ASSERT_EQ(curve_.monitor().verdict(), Verdict::kMastered);
  EXPECT_TRUE(curve_.forecast());
  EXPECT_FALSE(curve_.just_lost());
}

TEST_F(LostSkill, HasNoneFromTheFirstProbeThatIsSurelyBelowTheTargetOn) {
  noise_ = 0.02;  // so that one probe is nothing to the detectors
  grow(0.3, 0.98, 6);
  probe(0.8);
  EXPECT_EQ(curve_.monitor().verdict(), Verdict::kMastered);
  EXPECT_TRUE(curve_.just_lost());
  EXPECT_FALSE(curve_.forecast());
}

TEST_F(LostSkill, HasNoneWhileItRegresses) {
  grow(0.3, 0.75, 4);
  ASSERT_TRUE(curve_.forecast());
  grow(0.75, 0.35, 1);
  ASSERT_EQ(curve_.monitor().verdict(), Verdict::kRegressing) << "never at its target";
  EXPECT_TRUE(curve_.just_lost());
  EXPECT_FALSE(curve_.forecast());
}

TEST_F(LostSkill, KeepsItsForecastThroughADipWithinTheBand) {
  noise_ = 0.02;
  grow(0.3, 0.95, 6);
  for (int i = 0; i < 4; ++i) probe(0.89);
  ASSERT_EQ(curve_.monitor().verdict(), Verdict::kMastered);
  EXPECT_FALSE(curve_.just_lost());
  EXPECT_TRUE(curve_.forecast());
}

TEST_F(LostSkill, IsForetoldAgainOnceItIsLearnedAgain) {
  grow(0.3, 0.95, 6);
  grow(0.6, 0.6, 0.5);
  ASSERT_EQ(curve_.monitor().verdict(), Verdict::kRegressing);
  grow(0.6, 0.85, 2);
  ASSERT_EQ(curve_.monitor().verdict(), Verdict::kLearning);
  EXPECT_FALSE(curve_.just_lost());
  EXPECT_TRUE(curve_.forecast());
}

TEST_F(LostSkill, TeachesTheBookNothing) {
  grow(0.3, 0.95, 6);
  const auto made = book_.calibration().made;
  grow(0.6, 0.3, 1);
  EXPECT_EQ(book_.calibration().made, made);
}

/// The share of curves on a straight line, with white noise of 0.01, whose slope lies below its
/// upper end.
double share_below_upper_end(double slope) {
  constexpr int kCurves = 100;
  int below = 0;
  for (int run = 0; run < kCurves; ++run) {
    SplitMix64 random(static_cast<std::uint64_t>(run) + 1);
    ForecastBook book;
    TaskCurve curve(test::ladder_of(1).tasks[0], "base", {});
    for (int t = 0; t < 80; ++t) {
      const double level = 0.4 + slope * t / 40.0;
      curve.add(test::score_of({.step = static_cast<Step>(1024 * std::exp2(t / 40.0)),
                                .q = level + 0.01 * random.normal()}),
                book);
    }
    below += slope < *curve.progress().slope_upper ? 1 : 0;
  }
  return static_cast<double>(below) / kCurves;
}

// Two standard errors: .977 of normal ones, and more where the noise is estimated with care.
TEST(SlopeUpper, IsAboveTheTrueSlopeOfNearlyAllCurves) {
  for (const double slope : {0.0, 0.05, 0.15}) EXPECT_GE(share_below_upper_end(slope), 0.95);
}

TEST(SlopeUpper, ReachesTheTargetWhereItIsNearEnough) {
  TaskProgress task;
  task.score = 0.7;
  task.target = 0.9;
  EXPECT_FALSE(slope_reaches_target(task)) << "not known";
  task.slope_upper = 0.15;
  EXPECT_FALSE(slope_reaches_target(task));
  task.slope_upper = 0.21;
  EXPECT_TRUE(slope_reaches_target(task));
}

}  // namespace
}  // namespace gradus
