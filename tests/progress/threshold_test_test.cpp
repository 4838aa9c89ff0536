#include "progress/threshold_test.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"

namespace gradus {
namespace {

constexpr unsigned kItems = 128;

/// Items whose every token is right with a probability that grows with ability u - theta,
/// theta ~ N(5, spread^2); an answer is right when all its tokens are.
struct Growth {
  unsigned tokens = 1;
  double spread = 3;      ///< of the difficulties, in doublings
  double jumps_at = 1e9;  ///< u at which all is known at once; none
};

Threshold classified(const Growth& growth, std::uint64_t seed) {
  SplitMix64 random(seed);
  ThresholdTest test(ThresholdTest::Floors{});
  std::vector<double> difficulty(kItems);
  for (double& theta : difficulty) theta = 5 + growth.spread * random.normal();
  for (int t = 0; t < 400; ++t) {
    const double u = t / 40.0;
    double q = 0;
    unsigned exact = 0;
    for (const double theta : difficulty) {
      const double p = growth.jumps_at < 1e9 ? (u < growth.jumps_at ? 0.1 : 0.95)
                                             : 1 / (1 + std::exp(-1.7 * (u - theta)));
      unsigned right = 0;
      for (unsigned token = 0; token < growth.tokens; ++token)
        right += random.uniform() < p ? 1 : 0;
      q += p;
      exact += right == growth.tokens ? 1 : 0;
    }
    test.add({.step = static_cast<Step>(1024 * std::exp2(u)),
              .score = std::clamp(q / kItems + 0.004 * random.normal(), 0.0, 1.0),
              .exact = exact / static_cast<double>(kItems),
              .items = kItems});
  }
  return test.result();
}

TEST(ThresholdTest, ExactMatchOfLongAnswersHidesSmoothGrowth) {
  const Threshold found = classified({.tokens = 8, .spread = 1.2}, 1);
  EXPECT_EQ(found.kind, ThresholdKind::kMetricArtefact) << *found.hidden_progress;
  EXPECT_LT(found.share_of_jump, 0.2);
}

TEST(ThresholdTest, OneTokenThatGrowsSmoothlyIsContinuous) {
  const Threshold found = classified({.tokens = 1}, 1);
  EXPECT_EQ(found.kind, ThresholdKind::kContinuous);
  ASSERT_TRUE(found.width.has_value());
  EXPECT_GT(*found.width, 4);  // 10 % to 90 % of what ten doublings show of sd 3
}

TEST(ThresholdTest, ARealJumpIsOneWhateverTheAnswersLength) {
  for (const unsigned tokens : {1u, 8u}) {
    const Threshold found = classified({.tokens = tokens, .jumps_at = 5}, 1);
    EXPECT_EQ(found.kind, ThresholdKind::kRealJump);
    EXPECT_GT(found.share_of_jump, 0.9);
    EXPECT_NEAR(std::log2(static_cast<double>(found.jump_step) / 1024), 5, 0.1);
  }
}

TEST(ThresholdTest, TellsItsResolution) {
  EXPECT_NEAR(classified({.jumps_at = 5}, 1).resolution, 4 / 40.0, 0.002);
}

TEST(ThresholdTest, FewScoresDecideNothing) {
  ThresholdTest test(ThresholdTest::Floors{});
  for (Step step = 1; step < 40; ++step)
    test.add({.step = step, .score = 0.02 * static_cast<double>(step), .exact = 0, .items = 128});
  EXPECT_EQ(test.result().kind, ThresholdKind::kUndecided);
  EXPECT_FALSE(test.result().hidden_progress);
}

}  // namespace
}  // namespace gradus
