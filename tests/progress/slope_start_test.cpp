#include "progress/slope_start.h"

#include <cmath>
#include <vector>

namespace gradus {
namespace {

/// The curve s = 0.5 + 0.01 ((7t mod 5) - 2) at u = t / 10 with noise 4e-4.
CurveScore reference_score(int t) {
  return {static_cast<Step>(t), t / 10.0, 0.5 + 0.01 * ((7 * t % 5) - 2), 4e-4};
}

SlopeStart reference_start(int last) {
  SlopeStart start(reference_score(0), 0.05, 0);
  for (int t = 1; t <= last; ++t) start.add(reference_score(t));
  return start;
}

TEST(SlopeStart, HasTheReferenceValues) {
  const SlopeStart after_9 = reference_start(9);
  EXPECT_NEAR(after_9.sum(), -78.125, 1e-9);
  EXPECT_NEAR(after_9.variance(), 2062.5, 1e-9);
  EXPECT_NEAR(after_9.slower(0).log(), 0.103081, 6e-7);
  const SlopeStart after_19 = reference_start(19);
  EXPECT_NEAR(after_19.sum(), -781.25, 1e-9);
  EXPECT_NEAR(after_19.variance(), 16625, 1e-8);
  EXPECT_NEAR(after_19.slower(0).log(), 15.902936, 6e-7);
  const SlopeStart after_39 = reference_start(39);
  EXPECT_NEAR(after_39.sum(), -6562.5, 1e-8);
  EXPECT_NEAR(after_39.variance(), 133250, 1e-7);
  EXPECT_NEAR(after_39.slower(0).log(), 158.073419, 6e-7);
}

TEST(SlopeStart, SumsToTheLeastSquaresStatistics) {
  // With constant noise V = Sxx / noise and A = (Sxy - r Sxx) / noise.
  const SlopeStart start = reference_start(30);
  EXPECT_NEAR(start.variance(), start.spread() / 4e-4, 1e-6);
  EXPECT_NEAR(start.sum(), (start.slope() - 0.05) * start.spread() / 4e-4, 1e-6);
}

TEST(SlopeStart, SlopeIsThatOfLeastSquares) {
  double u = 0, s = 0, uu = 0, us = 0;
  for (int t = 0; t <= 30; ++t) {
    const CurveScore score = reference_score(t);
    u += score.u;
    s += score.score;
    uu += score.u * score.u;
    us += score.u * score.score;
  }
  EXPECT_NEAR(reference_start(30).slope(), (31 * us - u * s) / (31 * uu - u * u), 1e-12);
}

TEST(SlopeStart, CarriesNoEvidenceAtItsFirstPoint) {
  const SlopeStart start(reference_score(0), 0.05, 0);
  EXPECT_EQ(start.slower(128).log(), 0);
  EXPECT_EQ(start.faster().log(), 0);
  EXPECT_EQ(start.slope(), 0);
}

TEST(SlopeStart, ItemBumpsOnlyTakeEvidenceAway) {
  const SlopeStart start = reference_start(39);
  EXPECT_LT(start.slower(128).log(), start.slower(1280).log());
  EXPECT_LT(start.slower(1280).log(), start.slower(0).log());
  // V' = 1 / (1/V + 1.2 * 0.15 r / (m X)): 1/133250 + 0.009/(128 * 3.9), S' = S V'/V.
  const double corrected = 1 / (1 / 133250.0 + 0.009 / (128 * 3.9));
  const double sum = 6562.5 * corrected / 133250;
  EXPECT_GT(start.slower(128).log(), sum * sum / (2 * (corrected + 400)) - 12);
  EXPECT_LT(start.slower(128).log(), sum * sum / (2 * corrected));
}

TEST(SlopeStart, DoesNotMindUnevenSpacing) {
  // A straight line of slope 0.05 gives no residual, however its points lie.
  SlopeStart start({0, 0, 0.2, 4e-4}, 0.05, 0);
  for (const double u : {0.01, 0.5, 0.52, 3.0, 3.5}) start.add({0, u, 0.2 + 0.05 * u, 4e-4});
  EXPECT_NEAR(start.sum(), 0, 1e-9);
  EXPECT_NEAR(start.slope(), 0.05, 1e-12);
}

}  // namespace
}  // namespace gradus
