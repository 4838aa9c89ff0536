#include "learner/learners/transformer_kernels.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

using Kernels = TransformerKernels<double>;

TEST(TransformerKernels, DividesAColumnByItsRootMeanSquare) {
  Matrix<double> x(4, 1), out(4, 1);
  x << 3, -3, 3, -3;  // mean square 9
  Vector<double> inverse(1), gain = Vector<double>::Constant(4, 2);
  Kernels::rms_norm(x, gain, inverse, out);
  EXPECT_NEAR(inverse[0], 1 / std::sqrt(9 + 1e-5), 1e-15);
  EXPECT_NEAR(out(0, 0), 2 * 3 / std::sqrt(9 + 1e-5), 1e-14);
  EXPECT_NEAR(out(1, 0), -out(0, 0), 1e-14);
}

TEST(TransformerKernels, NormalisesAColumnOfZerosToZeros) {
  const Matrix<double> x = Matrix<double>::Zero(4, 1);
  Matrix<double> out = Matrix<double>::Ones(4, 1);
  Vector<double> inverse(1), gain = Vector<double>::Ones(4);
  Kernels::rms_norm(x, gain, inverse, out);
  EXPECT_TRUE((out.array() == 0).all());
}

// Quick GELU: u sigmoid(1.702 u); at 1 that is 1 / (1 + e^-1.702) = 0.84579577.
TEST(TransformerKernels, ActivatesWithTheQuickGelu) {
  Matrix<double> u(3, 1), out(3, 1);
  u << 0, 1, -1;
  Kernels::quick_gelu(u, out);
  EXPECT_NEAR(out(0, 0), 0, 1e-15);
  EXPECT_NEAR(out(1, 0), 0.84579577, 1e-8);
  EXPECT_NEAR(out(2, 0), -(1 - 0.84579577), 1e-8);
  EXPECT_NEAR(u(1, 0), 0.84579577, 1e-8);
}

TEST(TransformerKernels, KeepsTheActivationFiniteFarOut) {
  Matrix<float> u(2, 1), out(2, 1);
  u << 1e6F, -1e6F;
  TransformerKernels<float>::quick_gelu(u, out);
  EXPECT_EQ(out(0, 0), 1e6F);
  EXPECT_NEAR(out(1, 0), 0, 1e-20);
}

}  // namespace
}  // namespace gradus
