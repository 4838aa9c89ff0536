#include "tests/progress/simulation.h"

#include <array>

#include "tests/progress/simulation_kernels.h"

namespace gradus {
namespace {

TEST(Simulation, DrawsTheReferenceNumbers) {
  SplitMix64 bits(12345), numbers(12345);
  EXPECT_EQ(bits.next(), 2454886589211414944ull);
  EXPECT_EQ(bits.next(), 3778200017661327597ull);
  EXPECT_NEAR(numbers.uniform(), 0.133079668661427, 1e-15);
  EXPECT_NEAR(numbers.normal(), 1.301652040538659, 1e-14);
}

TEST(Simulation, DrawsTheSameNormalsInVectorInstructions) {
  SplitMix64 random(7), scalar(7);
  std::array<double, 1000> normals, angles;
  for (std::size_t i = 0; i < normals.size(); ++i) {
    normals[i] = random.uniform();
    angles[i] = random.uniform();
  }
  test::make_normal(normals, angles);
  for (const double normal : normals) EXPECT_NEAR(normal, scalar.normal(), 1e-13);
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
