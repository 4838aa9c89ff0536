#include "learner/learners/transformer_adamw.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace gradus {
namespace {

constexpr TransformerShape kShape{.width = 16, .layers = 1};

TransformerWeights<float> constant(float value) {
  TransformerWeights<float> weights(kShape);
  weights.values.setConstant(value);
  return weights;
}

TEST(TransformerLearningRate, WarmsUpOver200Updates) {
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 1, 32), 1.25e-5);
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 100, 3'200), 1.25e-3);
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 200, 6'400), 2.5e-3);
}

TEST(TransformerLearningRate, IsConstantUntil200000Examples) {
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 6'250, 200'000), 2.5e-3);
}

TEST(TransformerLearningRate, ThenFallsWithTheSquareRootOfTheExamples) {
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 25'000, 800'000), 1.25e-3);
  EXPECT_DOUBLE_EQ(transformer_learning_rate(2.5e-3, 625'000, 20'000'000), 2.5e-4);
}

// The first corrected moments are g and g^2, so that the step is the rate in the direction of -g.
TEST(AdamW, MovesEveryWeightByTheRateAtTheFirstUpdate) {
  TransformerWeights<float> weights = constant(0);
  AdamW optimizer(kShape);
  TransformerWeights<float> gradient = constant(1e-3F);
  gradient.values[0] = -0.25F;
  optimizer.update(gradient, 0.3, 0.01, weights);
  EXPECT_NEAR(weights.values[0], 0.01, 1e-7);
  EXPECT_NEAR(weights.values[weights.values.size() - 1], -0.01, 1e-6);
}

TEST(AdamW, ScalesTheGradientDownToANormOfOne) {
  TransformerWeights<float> weights = constant(0);
  AdamW optimizer(kShape);
  optimizer.update(constant(2), 10.0, 0.01, weights);
  EXPECT_NEAR(optimizer.first.values[0], 0.1 * 0.2, 1e-8);
  EXPECT_NEAR(optimizer.second.values[0], 0.02 * 0.04, 1e-9);
}

TEST(AdamW, LeavesAShorterGradientAsItIs) {
  TransformerWeights<float> weights = constant(0);
  AdamW optimizer(kShape);
  optimizer.update(constant(2), 0.5, 0.01, weights);
  EXPECT_NEAR(optimizer.first.values[0], 0.1 * 2, 1e-7);
}

TEST(AdamW, DecaysMatricesOnly) {
  TransformerWeights<float> weights = constant(1);
  AdamW optimizer(kShape);
  optimizer.update(constant(0), 0.0, 0.5, weights);
  const auto undecayed = weights.tensors().undecayed();
  EXPECT_TRUE((weights.values.head(undecayed).array() == 1).all());
  const auto decayed = weights.values.tail(weights.values.size() - undecayed).array();
  EXPECT_TRUE((decayed == 1.0F - 0.5F * 0.01F).all());
}

TEST(AdamW, MovesNothingAtARateOfZero) {
  TransformerWeights<float> weights = random_transformer<float>(kShape, 1);
  const Vector<float> before = weights.values;
  AdamW optimizer(kShape);
  optimizer.update(constant(1e-3F), 0.1, 0, weights);
  EXPECT_EQ(weights.values, before);
}

// Algorithm 2 of the paper in double, number by number. Tolerance: 30 updates of at most 0.01, each
// off by a few roundings of 6e-8 relative.
TEST(AdamW, FollowsTheAlgorithmOverManyUpdates) {
  TransformerWeights<float> weights = random_transformer<float>(kShape, 1);
  AdamW optimizer(kShape);
  const Eigen::Index last = weights.values.size() - 40 * 7;  // in the output matrix: decays
  double w = weights.values[last], m = 0, v = 0;
  SplitMix64 random(5);
  for (int t = 1; t <= 30; ++t) {
    const auto g = static_cast<float>(random.normal());
    optimizer.update(constant(g), 2.0, 0.01, weights);
    m = 0.9 * m + 0.1 * (g / 2.0);
    v = 0.98 * v + 0.02 * (g / 2.0) * (g / 2.0);
    const double m_hat = m / (1 - std::pow(0.9, t));
    const double v_hat = v / (1 - std::pow(0.98, t));
    w -= 0.01 * (m_hat / (std::sqrt(v_hat) + 1e-8) + 0.01 * w);
  }
  EXPECT_EQ(optimizer.updates, 30U);
  EXPECT_NEAR(weights.values[last], w, 1e-6);
}

}  // namespace
}  // namespace gradus
