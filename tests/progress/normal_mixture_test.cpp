#include "progress/normal_mixture.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace gradus {
namespace {

constexpr double kDigits = 6e-7;  // six digits

/// ln of the mixture by integrating exp(delta S - delta^2 V / 2) over the half-normal density.
double integrated(double sum, double variance, double tau) {
  constexpr int kSteps = 200000;
  const double longest = 12 * tau, width = longest / kSteps;
  double total = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double delta = (i + 0.5) * width;
    total += std::exp(delta * sum - delta * delta * variance / 2 - delta * delta / (2 * tau * tau));
  }
  return std::log(total * width * std::sqrt(2 / std::numbers::pi) / tau);
}

/// Smallest S at which the mixture reaches ln(1/alpha), with the mixture tuned at v = 100.
double one_sided_bound(double variance, double rho, double alpha) {
  double low = 0, high = 1000;
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2;
    (normal_mixture(middle, variance, 1 / std::sqrt(rho)).log() < std::log(1 / alpha) ? low
                                                                                      : high) =
        middle;
  }
  return low;
}

TEST(NormalMixture, HasTheReferenceValues) {
  EXPECT_NEAR(normal_mixture(10, 100, 0.3).log(), -0.196152, kDigits);
  EXPECT_NEAR(normal_mixture(-5, 100, 0.3).log(), -1.492519, kDigits);
  EXPECT_NEAR(normal_mixture(60, 900, 0.05).log(), 1.439196, kDigits);
  EXPECT_NEAR(normal_mixture(0, 50, 2).log(), -2.651652, kDigits);
  EXPECT_NEAR(normal_mixture(30, 277, 2).log(), -1.225828, kDigits);
}

TEST(NormalMixture, EqualsItsIntegral) {
  for (const auto& [sum, variance, tau] :
       {std::tuple{10.0, 100.0, 0.3}, {-5.0, 100.0, 0.3}, {60.0, 900.0, 0.05}, {-40.0, 25.0, 2.0}})
    EXPECT_NEAR(normal_mixture(sum, variance, tau).log(), integrated(sum, variance, tau), 1e-6);
}

TEST(NormalMixture, SaysNothingBeforeAnythingWasSeen) {
  EXPECT_NEAR(normal_mixture(0, 0, 0.3).log(), 0, 1e-15);
}

// Howard et al. 2021: rho tuned to v = 100 at alpha 0.05 (one-sided, so at 2 alpha two-sided) is
// 15.800635, and the boundary passes through these points.
TEST(NormalMixture, CrossesThePublishedBoundary) {
  EXPECT_NEAR(one_sided_bound(100, 15.800635, 0.05), 27.660709, 1e-5);
  EXPECT_NEAR(one_sided_bound(1000, 15.800635, 0.05), 94.393916, 1e-5);
}

// The two-sided boundary sqrt((v + rho) ln((v + rho) / (rho alpha^2))) with rho = 12.600561.
TEST(NormalMixture, IsHalfTheTwoSidedOneFarOut) {
  const double rho = 12.600561;
  for (const auto& [variance, bound] : {std::pair{100.0, 30.352090}, {1000.0, 102.512287}}) {
    EXPECT_NEAR(std::sqrt((variance + rho) * std::log((variance + rho) / (rho * 0.0025))), bound,
                1e-5);
    // Where Phi is near 1 the half-normal mixture is twice the normal one, less the other tail.
    const double tail = std::log(2) + normal_cdf(bound / std::sqrt(variance + rho)).log();
    EXPECT_NEAR(normal_mixture(bound, variance, 1 / std::sqrt(rho)).log(), std::log(20) + tail,
                1e-5);
  }
}

TEST(SlopeEvidence, IsTheMeanOverThreeScales) {
  EXPECT_NEAR(slope_evidence(10, 100).log(), -0.270057, kDigits);
  EXPECT_NEAR(slope_evidence(60, 900).log(), 0.695342, kDigits);
  EXPECT_NEAR(slope_evidence(-5, 100).log(), -1.084173, kDigits);
}

TEST(SlopeEvidence, IsBelowItsCheapBoundByAFactorOfTwoAtMost) {
  for (const double variance : {0.5, 30.0, 900.0, 2e5}) {
    for (const double deviations : {0.001, 0.5, 2.0, 5.0, 40.0}) {
      const double sum = deviations * std::sqrt(variance);
      const double exact = slope_evidence(sum, variance).log();
      const double most = std::log(most_slope_evidence(sum, variance, exact)) + exact;
      EXPECT_GE(most, exact - 1e-9) << sum << ' ' << variance;
      EXPECT_LE(most, exact + std::log(2.0) + 1e-9) << sum << ' ' << variance;
    }
  }
}

TEST(SlopeEvidence, IsBelowItsCheapBoundForSumsThatSpeakAgainstIt) {
  for (const double sum : {-1200.0, -90.0, 0.0})
    EXPECT_LE(slope_evidence(sum, 900).log(), std::log(most_slope_evidence(sum, 900, 0)));
}

TEST(NormalCdf, HasHardlyAStepWhereTheSeriesTakesOver) {
  // The first term left out is 15 / 8^6 = 5.7e-5.
  EXPECT_NEAR(normal_cdf(-8 + 1e-9).log(), normal_cdf(-8 - 1e-9).log(), 5.8e-5);
}

TEST(NormalCdf, IsRightInTheFarTail) {
  // Mills' ratio: ln Phi(-40) = -804.608442, from the continued fraction.
  EXPECT_NEAR(normal_cdf(-40).log(), -804.608442, 1e-5);
  EXPECT_NEAR(normal_cdf(0).log(), -std::numbers::ln2, 1e-15);
  EXPECT_EQ(normal_cdf(40).log(), 0);
}

TEST(LogSum, SurvivesHugeTerms) {
  EXPECT_NEAR(log_sum(std::vector<ScaledNumber>{{1, 1000}, {1, 1000}}), 1000 + std::numbers::ln2,
              1e-12);
  EXPECT_NEAR(log_sum(std::vector<ScaledNumber>{{1, -1000}, {1, 0}}), 0, 1e-12);
  EXPECT_LT(log_sum({}), -1e300);
}

}  // namespace
}  // namespace gradus
