#include "progress/recent_slope.h"

namespace gradus {
namespace {

TEST(RecentSlope, IsExactOnALineAtAnySpacing) {
  for (const double per_doubling : {8.0, 40.0, 400.0}) {
    RecentSlope slope;
    for (double u = 10; u < 14; u += 1 / per_doubling) slope.add(u, 0.1 + 0.05 * (u - 10));
    ASSERT_TRUE(slope.value().has_value());
    EXPECT_NEAR(*slope.value(), 0.05, 1e-9);
  }
}

TEST(RecentSlope, ForgetsWhatLiesBeforeTheWindow) {
  RecentSlope slope;
  for (int t = 0; t < 400; ++t) slope.add(10 + t / 40.0, t < 300 ? 0.002 * t : 0.6);
  EXPECT_NEAR(*slope.value(), 0, 1e-12);
}

TEST(RecentSlope, SaysNothingFromTooLittle) {
  RecentSlope few, close;
  for (int t = 0; t < 7; ++t) few.add(t, 0.1 * t);
  EXPECT_FALSE(few.value());
  for (int t = 0; t < 100; ++t) close.add(10 + t / 1000.0, 0.1);
  EXPECT_FALSE(close.value());
  EXPECT_FALSE(RecentSlope().value());
}

TEST(RecentSlope, SurvivesALongPause) {
  RecentSlope slope;
  for (int t = 0; t < 40; ++t) slope.add(10 + t / 40.0, 0.5);
  slope.add(20, 0.9);
  EXPECT_FALSE(slope.value());
}

}  // namespace
}  // namespace gradus
