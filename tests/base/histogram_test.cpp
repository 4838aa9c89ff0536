#include "base/histogram.h"

#include <array>
#include <limits>

namespace gradus {
namespace {

using testing::ElementsAre;

constexpr std::array kBounds = {0.1, 1.0, 10.0};

TEST(Histogram, PutsAValueEqualToABoundInThatBucket) {
  Histogram histogram(kBounds);
  histogram.observe(0.1);
  histogram.observe(1.0);
  EXPECT_THAT(histogram.counts(), ElementsAre(1, 1, 0, 0));
}

TEST(Histogram, CountsWhatLiesBeyondTheBounds) {
  Histogram histogram(kBounds);
  histogram.observe(-5);
  histogram.observe(10.5);
  histogram.observe(std::numeric_limits<double>::infinity());
  EXPECT_THAT(histogram.counts(), ElementsAre(1, 0, 0, 2));
}

TEST(Histogram, KeepsSumAndCount) {
  Histogram histogram(kBounds);
  histogram.observe(0.5);
  histogram.observe(2.25);
  EXPECT_EQ(histogram.sum(), 2.75);
  EXPECT_EQ(histogram.count(), 2u);
}

TEST(Histogram, CountsNanTowardsInfinity) {
  Histogram histogram(kBounds);
  histogram.observe(std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(histogram.counts(), ElementsAre(0, 0, 0, 1));
}

TEST(Histogram, HasOneBucketWithoutBounds) {
  Histogram histogram(std::span<const double>{});
  histogram.observe(3);
  EXPECT_THAT(histogram.counts(), ElementsAre(1));
}

}  // namespace
}  // namespace gradus
