#include "tests/progress/simulation.h"

namespace gradus {
namespace {

TEST(Simulation, DrawsTheReferenceNumbers) {
  SplitMix64 bits(12345), numbers(12345);
  EXPECT_EQ(bits.next(), 2454886589211414944ull);
  EXPECT_EQ(bits.next(), 3778200017661327597ull);
  EXPECT_NEAR(numbers.uniform(), 0.133079668661427, 1e-15);
  EXPECT_NEAR(numbers.normal(), 1.301652040538659, 1e-14);
}

TEST(Simulation, HasTheReferenceMeansAtBothEnds) {
  test::LearnerSimulation learner({.name = "reference"}, 1000);
  learner.next();
  EXPECT_NEAR(learner.bits(), 0.140625, 1e-12);
  EXPECT_NEAR(learner.q(), 0.146937, 6e-7);
  while (learner.probe() < 399) learner.next();
  EXPECT_NEAR(learner.bits(), 0.882812, 6e-7);
  EXPECT_NEAR(learner.q(), 0.881170, 6e-7);
}

}  // namespace
}  // namespace gradus
