#include "progress/linear_forecast.h"

#include <cmath>

namespace gradus {
namespace {

/// Through 0.5 three quarters of a doubling ago, 30 points of spread 5.6, 0.1 a doubling.
constexpr RecentLine kRising{.count = 30, .ago = 0.75, .score = 0.5, .slope = 0.1, .spread = 5.6};

TEST(LinearForecast, DrawsTheLineOn) {
  const LinearForecast forecast(kRising, 4e-4);
  EXPECT_NEAR(forecast.ahead(0).mean, 0.575, 1e-12);
  EXPECT_NEAR(forecast.ahead(2).mean, 0.775, 1e-12);
}

// The standard error of a fitted line at distance d from its middle: sigma sqrt(1/k + d^2 / Sxx).
TEST(LinearForecast, HasTheErrorOfLeastSquares) {
  EXPECT_NEAR(LinearForecast(kRising, 4e-4).ahead(2).deviation,
              0.02 * std::sqrt(1.0 / 30 + 2.75 * 2.75 / 5.6), 1e-12);
}

// The line meets 0.7 after 1.25 doublings, and is as likely above as below it then.
TEST(LinearForecast, IsUndecidedWhereTheLineMeetsTheTarget) {
  const CrossingTimes times = LinearForecast(kRising, 4e-4).crossing(0.7);
  EXPECT_NEAR(times.until(1.25), 0.5, 1e-6);
  EXPECT_NEAR(times.quantile(0.5).value_or(99), 1.25, 0.051);
}

// One doubling ahead the line is at .675, with an error of .02 sqrt(1/30 + 1.75^2/5.6) = .01523:
// Phi(-.025/.01523) = Phi(-1.6411) = .05039.
TEST(LinearForecast, GivesTheProbabilityOfANormalDistribution) {
  EXPECT_NEAR(LinearForecast(kRising, 4e-4).crossing(0.7).until(1), 0.05039, 2e-4);
}

TEST(LinearForecast, OfAFallingLineStaysAtItsBestChance) {
  RecentLine falling = kRising;
  falling.slope = -0.1;
  // Just below the target now, far below it later: what may have been crossed stays crossed.
  const CrossingTimes times = LinearForecast(falling, 4e-4).crossing(0.43);
  EXPECT_GT(times.until(0), 0.2);
  EXPECT_GE(times.ever(), times.until(0));
  for (double ahead = 0.5; ahead < 12; ahead += 0.5)
    EXPECT_GE(times.until(ahead), times.until(ahead - 0.5));
}

TEST(LinearForecast, SeesNoWayForAFlatLineFarBelow) {
  RecentLine flat = kRising;
  flat.slope = 0;
  flat.spread = 1e6;  // the slope is known, so time alone does not bring it there
  EXPECT_LT(LinearForecast(flat, 4e-4).crossing(0.9).ever(), 1e-6);
}

}  // namespace
}  // namespace gradus
