#include <gtest/gtest.h>

#include "base/random.h"
#include "learner/learners/transformer_network.h"
#include "tests/learner/transformer_questions.h"

namespace gradus {
namespace {

using Network = TransformerNetwork<double>;

double mean_loss(const TransformerWeights<double>& weights, const PackedText& text,
                 TransformerWorkspace<double>& work) {
  Network::forward(weights, text, work);
  double sum = 0;
  for (int a = 0; a < text.answers(); ++a) {
    sum += double(text.target_weight[static_cast<std::size_t>(a)]) * work.nats[a];
  }
  return sum / text.answers();
}

// The worst relative error of the gradient over `count` random weights against central differences.
// Error: the difference quotient with h = 1e-5 is off by h^2 f'''/6 + 2^-53 |f| / h, about 1e-10;
// below a gradient of 1e-6 that hides the relative error, hence the floor in the denominator.
double worst_relative_error(TransformerShape shape, const PackedText& text, int count) {
  auto weights = random_transformer<double>(shape, 3);
  // Off the initial point, where the small output makes most gradients nearly vanish.
  weights.tensors().output() *= 20;
  TransformerWorkspace<double> work(shape, 0, 0);
  TransformerWeights<double> gradient(shape);
  Network::forward(weights, text, work);
  Network::backward(weights, text, work, gradient);
  SplitMix64 random(11);
  constexpr double kStep = 1e-5;
  double worst = 0;
  for (int k = 0; k < count; ++k) {
    const auto i = static_cast<Eigen::Index>(random.below(weights.values.size()));
    const double kept = weights.values[i];
    weights.values[i] = kept + kStep;
    const double above = mean_loss(weights, text, work);
    weights.values[i] = kept - kStep;
    const double below = mean_loss(weights, text, work);
    weights.values[i] = kept;
    const double expected = (above - below) / (2 * kStep);
    const double scale = std::max({std::abs(expected), std::abs(gradient.values[i]), 1e-6});
    worst = std::max(worst, std::abs(gradient.values[i] - expected) / scale);
  }
  return worst;
}

PackedText every_task() {
  PackedText text;
  text.pack(testing::question_batch(17), 0, 17);
  return text;
}

TEST(TransformerGradient, AgreesWithCentralDifferencesAtSixHundredWeights) {
  const double worst = worst_relative_error({.width = 16, .layers = 2}, every_task(), 600);
  RecordProperty("worst_relative_error", std::to_string(worst));
  EXPECT_LE(worst, 1e-4);
}

TEST(TransformerGradient, AgreesWithCentralDifferencesWithOneLayer) {
  EXPECT_LE(worst_relative_error({.width = 16, .layers = 1}, every_task(), 200), 1e-4);
}

TEST(TransformerGradient, AgreesWithCentralDifferencesWithThreeLayersAndTwoHeads) {
  EXPECT_LE(worst_relative_error({.width = 32, .layers = 3}, every_task(), 60), 1e-4);
}

TEST(TransformerGradient, CountsAnExampleByItsWeight) {
  ExampleBatch batch;
  testing::add_question(batch, {"47+5=", "52"}, 3.0F);
  testing::add_question(batch, {"12+34=", "46"}, 0.25F);
  PackedText text;
  text.pack(batch, 0, 2);
  EXPECT_LE(worst_relative_error({.width = 16, .layers = 2}, text, 200), 1e-4);
}

TEST(TransformerGradient, LeavesTheFillingOfTheOutputAtZero) {
  const TransformerShape shape{.width = 16, .layers = 2};
  const auto weights = random_transformer<double>(shape, 3);
  TransformerWorkspace<double> work(shape, 0, 0);
  TransformerWeights<double> gradient(shape);
  const PackedText text = every_task();
  Network::forward(weights, text, work);
  Network::backward(weights, text, work, gradient);
  const auto filling = gradient.tensors().output().bottomRows(TransformerShape::kOutputRows - 26);
  EXPECT_TRUE((filling.array() == 0).all());
  EXPECT_GT(gradient.tensors().output().norm(), 0);
}

}  // namespace
}  // namespace gradus
