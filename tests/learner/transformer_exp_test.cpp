#include "learner/learners/transformer_exp.h"

#include <gtest/gtest.h>

#include <limits>

namespace gradus {
namespace {

// Bound: the term left out of the Taylor polynomial is below 1.2e-7 / e^-0.347 = 1.7e-7 of the
// result, and the last two operations round to 2^-24 each.
TEST(FastExp, AgreesWithTheLibraryToThreeTimesTenToTheMinusSeven) {
  double worst = 0;
  for (double x = -87.0; x <= 88.0; x += 1.0 / 1024) {
    const double exact = std::exp(x);
    worst = std::max(worst, std::abs(fast_exp(static_cast<float>(x)) - exact) / exact);
  }
  EXPECT_LT(worst, 3e-7);
}

TEST(FastExp, IsExactlyOneAtZero) { EXPECT_EQ(fast_exp(0.0F), 1.0F); }

TEST(FastExp, IsExactlyZeroFarBelow) {
  EXPECT_EQ(fast_exp(-88.0F), 0.0F);
  EXPECT_EQ(fast_exp(std::numeric_limits<float>::lowest()), 0.0F);
  EXPECT_EQ(fast_exp(-std::numeric_limits<float>::infinity()), 0.0F);
}

TEST(FastExp, KeepsNotANumber) {
  EXPECT_TRUE(std::isnan(fast_exp(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_TRUE(std::isnan(fast_exp(-std::numeric_limits<float>::quiet_NaN())));
}

}  // namespace
}  // namespace gradus
