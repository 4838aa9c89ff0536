#include "progress/probe_density.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradus {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

/// Probes so many times a doubling, from u = 8 on.
ProbeDensity probed(double per_doubling, int probes) {
  ProbeDensity density;
  for (int i = 0; i < probes; ++i) density.add(8 + i / per_doubling);
  return density;
}

TEST(ProbeDensity, IsUnknownBeforeTheSecondProbe) {
  EXPECT_EQ(ProbeDensity().per_doubling(), std::nullopt);
  EXPECT_EQ(probed(20, 1).per_doubling(), std::nullopt);
  EXPECT_THAT(probed(20, 2).per_doubling(), Optional(DoubleNear(20, 1e-9)));
}

TEST(ProbeDensity, IsThatOfEvenlySpacedProbes) {
  for (const double each : {1.5, 5.0, 20.0, 40.0, 300.0})
    EXPECT_THAT(probed(each, 1000).per_doubling(), Optional(DoubleNear(each, 1e-6)));
}

TEST(ProbeDensity, FollowsAChangeWithinADoubling) {
  ProbeDensity density = probed(40, 81);  // up to u = 10
  for (int i = 1; i <= 12; ++i) density.add(10 + i / 10.0);
  EXPECT_THAT(density.per_doubling(), Optional(DoubleNear(10, 1e-6)));
}

TEST(ProbeDensity, OfOneProbeAfterALongGapIsThatOfTheGap) {
  ProbeDensity density = probed(40, 81);
  density.add(14);
  EXPECT_THAT(density.per_doubling(), Optional(DoubleNear(0.25, 1e-9)));
}

TEST(ProbeDensity, IsUnknownWhereTheStepDoesNotMove) {
  ProbeDensity density;
  density.add(9);
  density.add(9);
  EXPECT_EQ(density.per_doubling(), std::nullopt);
}

}  // namespace
}  // namespace gradus
