#include "progress/item_evidence.h"

#include <cmath>
#include <vector>

namespace gradus {
namespace {

using Bits = std::vector<std::uint64_t>;

/// ln of the mean of p^c (1 - p)^b 2^(b + c) over p uniform in (1/2, 1), by the midpoint rule.
double integrated(ItemFlips flips) {
  constexpr int kSteps = 100000;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double p = 0.5 + 0.5 * (i + 0.5) / kSteps;
    sum += std::exp(flips.lost * std::log(2 * p) + flips.gained * std::log(2 - 2 * p));
  }
  return std::log(sum / kSteps);
}

TEST(LossEvidence, HasTheReferenceValues) {
  EXPECT_NEAR(log_loss_evidence({0, 5}), 2.351375, 6e-7);
  EXPECT_NEAR(log_loss_evidence({3, 15}), 3.518728, 6e-7);
  EXPECT_NEAR(log_loss_evidence({10, 10}), -1.308370, 6e-7);
  EXPECT_NEAR(log_loss_evidence({15, 3}), -2.592678, 6e-7);
  EXPECT_EQ(log_loss_evidence({0, 0}), 0);
}

TEST(LossEvidence, EqualsItsIntegral) {
  for (const ItemFlips flips : {ItemFlips{0, 5}, {3, 15}, {40, 41}, {7, 90}})
    EXPECT_NEAR(log_loss_evidence(flips), integrated(flips), 1e-6);
}

TEST(LossEvidence, DoesNotOverflowWithManyItems) {
  // All of c items lost: E = (2^(c+1) - 1) / (c + 1).
  EXPECT_NEAR(log_loss_evidence({0, 5000}), 5001 * std::log(2) - std::log(5001), 1e-8);
}

TEST(ItemComparison, CountsGainsAndNamesLosses) {
  const Bits before{0b1011, 1ull << 63}, now{0b1100, 0};
  const ItemFlips flips = compare_items(before, now);
  EXPECT_EQ(flips.gained, 1u);
  EXPECT_EQ(flips.lost, 3u);
  EXPECT_EQ(lost_items(before, now), (std::vector<std::uint32_t>{0, 1, 127}));
}

TEST(ItemComparison, IsEmptyWithoutBits) {
  EXPECT_EQ(compare_items({}, Bits{7}).gained, 0u);
  EXPECT_TRUE(lost_items({}, {}).empty());
}

TEST(LostLately, CountsEachItemOnceAndForgetsAfterADoubling) {
  LostLately lost;
  lost.add(10.0, Bits{0b1111}, 4);
  EXPECT_EQ(lost.share(), 0);
  lost.add(10.1, Bits{0b1110}, 4);
  lost.add(10.2, Bits{0b1111}, 4);
  lost.add(10.3, Bits{0b1110}, 4);  // the same item again
  EXPECT_EQ(lost.share(), 0.25);
  lost.add(11.25, Bits{0b1110}, 4);
  EXPECT_EQ(lost.share(), 0.25);
  lost.add(11.35, Bits{0b1110}, 4);
  EXPECT_EQ(lost.share(), 0);
}

TEST(LostLately, DoesNotCountGains) {
  LostLately lost;
  lost.add(10.0, Bits{0}, 64);
  lost.add(10.1, Bits{~0ull}, 64);
  EXPECT_EQ(lost.share(), 0);
}

}  // namespace
}  // namespace gradus
