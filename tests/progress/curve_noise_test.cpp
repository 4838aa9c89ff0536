#include "progress/curve_noise.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace gradus {
namespace {

constexpr double kSd = 0.02;  // of independent scores, whose long-run variance is its square

/// Feeds both with 200 scores that hardly fluctuate, then with `probes` that do.
template <typename A, typename B>
void feed(A& first, B& second, int probes) {
  SplitMix64 random(7);
  for (int i = 0; i < 200; ++i) {
    const double score = 0.1 + kSd / 20 * random.normal();
    first.add(score);
    second.add(score);
  }
  for (int i = 0; i < probes; ++i) {
    const double score = 0.1 + kSd * random.normal();
    first.add(score);
    second.add(score);
  }
}

TEST(CurveNoise, FollowsNoiseThatGrowsFromSilence) {
  CurveNoise noise(kStrictSettings, 0.5);
  LongRunVariance long_memory(kStrictSettings);
  feed(noise, long_memory, 64);
  EXPECT_GT(noise.value(), 0.8 * kSd * kSd);
  EXPECT_LT(long_memory.value(), 0.2 * kSd * kSd);  // why the recent past is looked at
}

// A fall must not pass for noise, and from half way up the noise of a skill only shrinks.
TEST(CurveNoise, IsTheLongMemoryOnceTheScoreWasHalfWay) {
  CurveNoise noise(kStrictSettings, 0.5);
  LongRunVariance long_memory(kStrictSettings);
  noise.add(0.5);
  long_memory.add(0.5);
  feed(noise, long_memory, 64);
  EXPECT_EQ(noise.value(), long_memory.value());
}

// A frozen learner that is let go again: a clip at three times nothing would hold it at nothing.
TEST(CurveNoise, FollowsNoiseThatComesAfterBitIdenticalScores) {
  CurveNoise noise(kStrictSettings, 0.5);
  for (int i = 0; i < 200; ++i) noise.add(0.1);
  EXPECT_EQ(noise.value(), LongRunVariance::kFloor);
  SplitMix64 random(7);
  for (int i = 0; i < 100; ++i) noise.add(0.1 + kSd * random.normal());
  EXPECT_GT(noise.value(), kSd * kSd / 2);
}

TEST(CurveNoise, KeepsTheLongMemoryWhenTheNoiseFalls) {
  CurveNoise noise(kStrictSettings, 0.5);
  LongRunVariance long_memory(kStrictSettings);
  feed(noise, long_memory, 200);
  for (int i = 0; i < 100; ++i) {
    noise.add(0.1);
    long_memory.add(0.1);
  }
  EXPECT_EQ(noise.value(), long_memory.value());
}

TEST(CurveNoise, IsOneEstimateWhereNoRateIsStated) {
  CurveNoise noise(kPracticalSettings, 0.5);
  LongRunVariance plain(kPracticalSettings);
  feed(noise, plain, 20);
  EXPECT_EQ(noise.value(), plain.value());
  noise.add_after_gap(0.9);
  plain.add_after_gap(0.9);
  EXPECT_EQ(noise.count(), plain.count());
  EXPECT_EQ(noise.autocorrelation(), plain.autocorrelation());
}

}  // namespace
}  // namespace gradus
