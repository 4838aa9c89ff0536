#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "tests/progress/baselines/drift.h"
#include "tests/progress/baselines/patience.h"
#include "tests/progress/baselines/windows.h"

// The rules that Gradus is compared with are what their makers ship: on these sequences the
// original programs alarm at the same values (Keras 3, Lightning 2, PyTorch 2, river 0.26, run in
// their defaults unless a test says otherwise). Slopes and t are from scipy.stats.linregress.

namespace gradus::test {
namespace {

/// A congruence as noise: a permutation of 101 values in [-0.5, 0.5).
double noise(int t) { return (37 * t % 101) / 101.0 - 0.5; }
double saturating(int t) { return 0.9 * (1 - std::exp(-t / 15.0)) + 0.0002 * noise(t); }
double rise_and_fall(int t) {
  return 0.2 + 0.6 * std::min(t, 600) / 600 - (t >= 900 ? 0.3 : 0) + 0.1 * noise(t);
}
double step_down(int t) { return (t < 500 ? 0.8 : 0.5) + 0.2 * noise(t); }

/// Where a rule alarms, counted from 0.
std::vector<int> alarms(ScoreRule&& rule, const std::function<double(int)>& score, int count) {
  std::vector<int> found;
  for (int t = 0; t < count; ++t)
    if (rule.add(t / 40.0, score(t))) found.push_back(t);
  return found;
}

TEST(EarlyStopping, StopsWhereKerasDoes) {
  EXPECT_EQ(alarms(EarlyStopping(10, 1e-4), saturating, 142), std::vector{141});
  EXPECT_EQ(alarms(EarlyStopping(20, 1e-4), saturating, 152), std::vector{151});
  EXPECT_EQ(alarms(EarlyStopping(40, 1e-4), saturating, 202), std::vector{201});
}

TEST(EarlyStopping, StopsWhereLightningDoes) {
  EXPECT_EQ(alarms(EarlyStopping(3, 0), saturating, 124), std::vector{123});
}

TEST(ReduceOnPlateau, LowersTheRateWherePyTorchDoes) {
  EXPECT_EQ(alarms(ReduceOnPlateau(), saturating, 228),
            (std::vector{142, 161, 172, 183, 194, 205, 216, 227}));
}

TEST(BelowBest, AlarmsBelowTheBestByMoreThanTheDrop) {
  const std::vector<double> scores{0.5, 0.75, 0.625, 0.5, 0.75};
  EXPECT_EQ(alarms(
                BelowBest(0.125), [&](int t) { return scores[static_cast<std::size_t>(t)]; }, 5),
            std::vector{3});
}

TEST(PageHinkley, AlarmsWhereRiversDoes) {
  EXPECT_EQ(alarms(PageHinkley(0.005, 0.5), rise_and_fall, 1200), std::vector{904});
  EXPECT_EQ(alarms(PageHinkley(0.005, 0.5), step_down, 1000), std::vector{501});
  EXPECT_EQ(alarms(PageHinkley(0.005, 50), step_down, 1000), std::vector{705});
  EXPECT_EQ(alarms(
                PageHinkley(0.005, 50), [](int t) { return t < 1000 ? 1.0 : 0.0; }, 3000),
            std::vector{1051});
}

TEST(PageHinkley, WithRiversThresholdMissesAFallOfAScore) {
  EXPECT_TRUE(alarms(PageHinkley(0.005, 50), rise_and_fall, 1200).empty());
}

TEST(Ddm, AlarmsWhereRiversDoes) {
  const auto right = [](int t) { return 37 * t % 101 < (t < 1000 ? 20 : 60) ? 0.0 : 1.0; };
  EXPECT_EQ(alarms(Ddm(), right, 2000), std::vector{1065});
}

// After a cut river begins with an empty window; the paper, and so this, keeps the newer part. Up
// to the first cut they agree.
TEST(Adwin, FindsAFallWhereRiversDoes) {
  Adwin adwin;
  for (int t = 0; t < 543; ++t) EXPECT_FALSE(adwin.add(0, step_down(t))) << t;
  EXPECT_TRUE(adwin.add(0, step_down(543)));
  EXPECT_EQ(adwin.width(), 160u);
}

TEST(Adwin, CutsARiseWhereRiversDoesAndIsSilent) {
  Adwin adwin;
  for (int t = 0; t < 287; ++t) EXPECT_FALSE(adwin.add(0, rise_and_fall(t))) << t;
  EXPECT_EQ(adwin.width(), 287u);
  EXPECT_FALSE(adwin.add(0, rise_and_fall(287)));
  EXPECT_EQ(adwin.width(), 256u);
}

TEST(ScoreWindow, SlopeAndItsTAreThoseOfARegression) {
  ScoreWindow window(30);
  for (int t = 0; t < 40; ++t) window.add(t / 40.0, rise_and_fall(t));
  EXPECT_NEAR(window.slope(), 0.05128646791264, 1e-12);
  EXPECT_NEAR(window.slope_t(), 2.04452774972, 1e-9);
}

TEST(SlopeBelow, AlarmsAfterSoManyProbesInARow) {
  // A straight line to t = 99, then flat: the slope of 30 probes is 0 from t = 128 on.
  const auto line = [](int t) { return std::min(t, 99) / 100.0; };
  EXPECT_EQ(alarms(SlopeBelow(30, 1e-9, 5), line, 133), std::vector{132});
}

TEST(SlopeNotSignificant, IsSilentOnAClearRise) {
  EXPECT_TRUE(alarms(
                  SlopeNotSignificant(), [](int t) { return t / 100.0 + 0.1 * noise(t); }, 100)
                  .empty());
}

TEST(ZScore, AlarmsMoreThanThreeDeviationsBelowTheMean) {
  // 0.5 +- 0.1 in turn: mean 0.5, standard deviation 0.101710 with 29 in the denominator.
  const auto alternating = [](double last) {
    return [last](int t) { return t == 30 ? last : t % 2 == 0 ? 0.6 : 0.4; };
  };
  EXPECT_TRUE(alarms(ZScore(), alternating(0.195), 31).empty());
  EXPECT_EQ(alarms(ZScore(), alternating(0.194), 31), std::vector{30});
}

TEST(NoRiseBetweenWindows, NeedsAnIncreaseOf1645StandardErrors) {
  // Both windows alternate by 0.1: the standard error is 0.101710 sqrt(2/30) = 0.0262614.
  const auto stepped = [](double rise) {
    return [rise](int t) { return (t % 2 == 0 ? 0.6 : 0.4) + (t < 30 ? 0 : rise); };
  };
  EXPECT_EQ(alarms(NoRiseBetweenWindows(), stepped(0.0431), 60), std::vector{59});
  EXPECT_TRUE(alarms(NoRiseBetweenWindows(), stepped(0.0433), 60).empty());
}

TEST(OnIncrements, PassesTheRiseOverTenProbes) {
  // Rises by 0.1 over ten probes, then rests: a fall of the increments.
  const auto line = [](int t) { return 0.01 * std::min(t, 200); };
  EXPECT_EQ(alarms(OnIncrements(std::make_unique<PageHinkley>(0.005, 0.5)), line, 215),
            std::vector{211});
  EXPECT_TRUE(alarms(
                  OnIncrements(std::make_unique<PageHinkley>(0.005, 0.5)),
                  [](int t) { return 0.01 * t; }, 400)
                  .empty());
}

}  // namespace
}  // namespace gradus::test
