#include "progress/position_curves.h"

#include <cmath>

namespace gradus {
namespace {

ScoreSums sums(std::uint32_t items, double q) { return {.items = items, .q = q * items}; }

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Two positions, the tens known and the units as they are, at 40 probes a doubling until u.
PositionCurves with_units(double until, double (*units)(double)) {
  PositionCurves curves;
  for (int t = 0; t <= std::lround(40 * until); ++t) {
    const FacetScore facets[] = {{"tens", sums(128, 0.99)}, {"units", sums(128, units(t / 40.0))}};
    curves.add(t / 40.0, 128, facets);
  }
  return curves;
}

TEST(PositionCurves, SayNothingOfOnePosition) {
  PositionCurves curves;
  const FacetScore facets[] = {{"position 1", sums(128, 0.5)}, {"carry", sums(64, 0.2)}};
  curves.add(10, 128, facets);
  EXPECT_FALSE(curves.tell());
}

TEST(PositionCurves, LeaveOutWhatFewItemsHave) {
  PositionCurves curves;
  const FacetScore facets[] = {{"hundreds", sums(31, 0.5)}, {"units", sums(128, 0.5)}};
  curves.add(10, 128, facets);
  EXPECT_FALSE(curves.tell());
}

// sqrt(.99 x) >= .9 where x >= .818: logistic of u - 6 from a floor of .1 to 1 is there at
// 6 + ln(.798/.202) = 7.37, so 2.37 doublings after u = 5.
TEST(PositionCurves, ForetellTheAnswerFromItsLastPosition) {
  PositionCurves curves = with_units(5, [](double u) { return 0.1 + 0.9 * sigmoid(u - 6); });
  const double now = std::sqrt(0.99 * (0.1 + 0.9 * sigmoid(-1)));
  const auto median = curves.crossing(0.9, now).quantile_if_ever(0.5);
  ASSERT_TRUE(median);
  EXPECT_NEAR(*median, 2.37, 0.6);
}

// The mean of a known and an unknown position is far above the floor, and yet nothing is near.
TEST(PositionCurves, SeeNoTargetNearWhileOnePositionIsAtChance) {
  PositionCurves curves = with_units(5, [](double) { return 0.1; });
  EXPECT_LT(curves.crossing(0.9, std::sqrt(0.99 * 0.1)).until(1), 0.02);
}

TEST(PositionCurves, AreAtATargetThatTheyHavePassed) {
  PositionCurves curves = with_units(5, [](double) { return 0.97; });
  EXPECT_GT(curves.crossing(0.5, 0.98).until(0.5), 0.9);
}

TEST(PositionCurves, GiveTheSameAnswerTwice) {
  PositionCurves curves = with_units(3, [](double u) { return 0.1 + 0.1 * u; });
  EXPECT_EQ(curves.crossing(0.9, 0.6).until(2), curves.crossing(0.9, 0.6).until(2));
}

TEST(PositionCurves, BelieveThePastLessAfterAChange) {
  const auto after_a_fall = [](double share) {
    PositionCurves curves = with_units(5, [](double) { return 0.97; });
    curves.discount(share);
    for (int t = 1; t <= 4; ++t) {
      const FacetScore facets[] = {{"tens", sums(128, 0.99)}, {"units", sums(128, 0.3)}};
      curves.add(5 + t / 40.0, 128, facets);
    }
    return curves.crossing(0.9, std::sqrt(0.99 * 0.3)).until(0.25);
  };
  EXPECT_LT(after_a_fall(0.01), after_a_fall(1));
}

}  // namespace
}  // namespace gradus
