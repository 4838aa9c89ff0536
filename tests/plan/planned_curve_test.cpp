#include "plan/planned_curve.h"

#include <cmath>
#include <vector>

namespace gradus {
namespace {

constexpr std::uint32_t kMany = 20'000;

TEST(PlannedItems, GrowAlongTheirCurveBetweenFloorAndOne) {
  EXPECT_NEAR(share_at(ability_at(0.3)), 0.3, 1e-12);
  EXPECT_NEAR((share_at(0.001) - share_at(-0.001)) / 0.002, 1, 1e-5);  // as steep as the line
  // Standard error of a share of 20,000 items: 0.0035; that the widths of items and of their
  // spread add up as variances do is exact for normal curves only.
  for (const double width : {0.0, 0.03, 0.1, 0.2}) {
    const PlannedItems items(kMany, {.floor = 0.2, .width = width}, SplitMix64(1));
    for (const double ability : {-0.4, -0.2, 0.0, 0.3})
      EXPECT_NEAR(items.at(ability).q, 0.2 + 0.8 * share_at(ability), 0.015) << width;
  }
}

TEST(PlannedItems, SpreadAsTheirWidthSays) {
  const PlannedItems items(kMany, {.width = 0.057}, SplitMix64(1));
  // Mean q (1 - q) of logistic items is their width times the density of difficulties, which is
  // nearly 1 half way up.
  EXPECT_NEAR(items.at(0).sd, std::sqrt(0.25 - 0.057), 0.003);
  const PlannedItems bits(kMany, {.width = 0}, SplitMix64(1));
  EXPECT_NEAR(bits.at(0).sd, 0.5, 0.002);
}

TEST(PlannedItems, StayBetweenFloorAndOneOutsideTheirTable) {
  const PlannedItems items(50, {.floor = 0.3, .lowest = -4, .highest = 4}, SplitMix64(1));
  EXPECT_NEAR(items.at(-5).q, 0.3, 1e-12);
  EXPECT_NEAR(items.at(5).q, 1, 1e-12);
}

TEST(PlannedItems, AreTheSameOnesAmongMore) {
  // The mean of the first 100 and of as many more is that of 200.
  SplitMix64 later(7);
  for (int i = 0; i < 100; ++i) later.uniform();
  const PlannedItems first(100, {}, SplitMix64(7)), second(100, {}, later),
      both(200, {}, SplitMix64(7));
  for (const double ability : {-0.3, 0.0, 0.3})
    EXPECT_NEAR(both.at(ability).q, (first.at(ability).q + second.at(ability).q) / 2, 1e-12);
}

TEST(PlannedNoise, HasItsSpreadAndAutocorrelation) {
  SplitMix64 random(3);
  PlannedNoise noise(0.02, 0.6, random);
  constexpr int kDraws = 100'000;
  double squares = 0, products = 0, last = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double next = noise.next(random);
    squares += next * next;
    products += next * last;
    last = next;
  }
  // Standard errors: about 0.5 % of the spread, 0.003 of the autocorrelation.
  EXPECT_NEAR(std::sqrt(squares / kDraws), 0.02, 0.0004);
  EXPECT_NEAR(products / squares, 0.6, 0.012);
}

}  // namespace
}  // namespace gradus
