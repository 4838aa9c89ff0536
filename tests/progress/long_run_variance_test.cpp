#include "progress/long_run_variance.h"

#include <cmath>

#include "base/random.h"

namespace gradus {
namespace {

/// AR(1) of standard deviation 0.02 around a line of slope 0.1 over 400 probes.
LongRunVariance fed_with_ar1(const ProfileSettings& settings, double rho, std::uint64_t seed) {
  LongRunVariance noise(settings);
  SplitMix64 random(seed);
  double e = 0.02 * random.normal();
  for (int t = 0; t < 2000; ++t) {
    noise.add(0.3 + 0.1 * t / 2000 + e);
    e = rho * e + 0.02 * std::sqrt(1 - rho * rho) * random.normal();
  }
  return noise;
}

TEST(LongRunVariance, BeginsWithItsPrior) {
  EXPECT_DOUBLE_EQ(LongRunVariance(kStrictSettings).value(), 1.6 * 0.0027);
  EXPECT_DOUBLE_EQ(LongRunVariance(kPracticalSettings).value(), 1.3 * 0.0027);
}

TEST(LongRunVariance, IsThatOfAr1TimesTheSafetyFactor) {
  // sd^2 (1 + rho) / (1 - rho). The autocorrelation from a memory of 256 probes is a little low,
  // the larger of two estimates a little high.
  const double truth = 4e-4 * 1.6 / 0.4;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    sum += fed_with_ar1(kStrictSettings, 0.6, seed).value() / 1.6;
  EXPECT_GT(sum / 50, 0.8 * truth);
  EXPECT_LT(sum / 50, 1.5 * truth);
}

TEST(LongRunVariance, EstimatesTheAutocorrelation) {
  for (const double rho : {0.0, 0.6, 0.9}) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed)
      sum += fed_with_ar1(kStrictSettings, rho, seed).autocorrelation();
    // The standard error of the mean is about 0.1 / sqrt(50); shrinking takes up to 0.03.
    EXPECT_NEAR(sum / 50, rho, 0.07) << "rho " << rho;
  }
}

TEST(LongRunVariance, TakesNoTrendForNoise) {
  LongRunVariance noise(kStrictSettings);
  for (int t = 0; t < 400; ++t) noise.add(0.1 + 0.002 * t);
  EXPECT_LT(noise.value(), 1e-5);
}

TEST(LongRunVariance, AJumpDoesNotHideItself) {
  LongRunVariance calm = fed_with_ar1(kStrictSettings, 0.3, 7);
  const double before = calm.value();
  calm.add(0.1);  // the curve stood near 0.4
  EXPECT_LT(calm.value(), 1.2 * before);
}

TEST(LongRunVariance, DecaysToItsFloorOnIdenticalScores) {
  LongRunVariance noise = fed_with_ar1(kPracticalSettings, 0.3, 7);
  for (int t = 0; t < 3000; ++t) noise.add(0.4);
  EXPECT_EQ(noise.value(), LongRunVariance::kFloor);
  LongRunVariance flat(kStrictSettings);
  for (int t = 0; t < 100; ++t) flat.add(0.25);
  EXPECT_EQ(flat.value(), LongRunVariance::kFloor);
  EXPECT_TRUE(std::isfinite(flat.autocorrelation()));
}

}  // namespace
}  // namespace gradus
