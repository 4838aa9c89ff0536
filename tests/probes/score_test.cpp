#include "probes/score.h"

#include <cmath>

namespace gradus {
namespace {

TEST(ScoreSums, MeanAndShareAreZeroWithoutItems) {
  const ScoreSums none;
  EXPECT_EQ(none.mean(), 0);
  EXPECT_EQ(none.exact_share(), 0);
  EXPECT_EQ(none.mean_log_loss(), 0);
}

TEST(ScoreSums, SdIsTheSampleDeviation) {
  // q = .1, .4, .7, .8: mean .5, squared deviations .16 .01 .04 .09, divided by n - 1 = 3.
  const ScoreSums sums{.items = 4, .exact = 2, .q = 2.0, .q_squared = 1.3, .log_loss = 6};
  EXPECT_DOUBLE_EQ(sums.mean(), 0.5);
  EXPECT_DOUBLE_EQ(sums.exact_share(), 0.5);
  EXPECT_DOUBLE_EQ(sums.mean_log_loss(), 1.5);
  EXPECT_NEAR(sums.sd(), std::sqrt(0.3 / 3), 1e-12);
}

TEST(ScoreSums, SdIsZeroBelowTwoItems) {
  EXPECT_EQ((ScoreSums{.items = 1, .exact = 1, .q = 0.7, .q_squared = 0.49, .log_loss = 0}.sd()),
            0);
}

TEST(ScoreSums, SdIsNeverTheRootOfARoundingError) {
  // 0.1 three times: 3 * 0.1^2 - (0.3)^2 / 3 rounds below zero.
  const ScoreSums sums{
      .items = 3, .exact = 0, .q = 0.1 + 0.1 + 0.1, .q_squared = 0.01 + 0.01 + 0.01, .log_loss = 0};
  EXPECT_NEAR(sums.sd(), 0, 1e-7);
}

}  // namespace
}  // namespace gradus
