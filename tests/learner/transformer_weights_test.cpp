#include "learner/learners/transformer_weights.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

// 26 and 16 embeddings of 64; per layer two gains, 4 matrices of 64 x 64 and two of 64 x 256; a
// final gain; 26 x 64 output: 1664 + 1024 + 2 (128 + 16384 + 32768) + 64 + 1664.
TEST(TransformerWeights, Has102976ParametersAtWidth64With2Layers) {
  EXPECT_EQ(TransformerWeights<float>(TransformerShape{}).parameters(), 102'976U);
}

TEST(TransformerWeights, PutsTensorsOneAfterTheOtherWithoutGaps) {
  TransformerWeights<float> weights(TransformerShape{.width = 32, .layers = 3});
  const auto tensors = weights.tensors();
  const auto add_one = [](auto tensor) { tensor.array() += 1; };
  add_one(tensors.tokens());
  add_one(tensors.positions());
  add_one(tensors.final_gain());
  for (int layer = 0; layer < 3; ++layer) {
    add_one(tensors.attention_gain(layer));
    add_one(tensors.mlp_gain(layer));
    add_one(tensors.qkv(layer));
    add_one(tensors.wo(layer));
    add_one(tensors.w1(layer));
    add_one(tensors.w2(layer));
  }
  add_one(tensors.output());
  EXPECT_TRUE((weights.values.array() == 1).all());
}

TEST(TransformerWeights, PutsWhatDoesNotDecayBeforeTheMatrices) {
  TransformerWeights<float> weights(TransformerShape{});
  const auto tensors = weights.tensors();
  EXPECT_EQ(tensors.qkv(0).data(), weights.values.data() + tensors.undecayed());
  EXPECT_EQ(tensors.final_gain().data() + 64, tensors.qkv(0).data());
}

double deviation(const auto& tensor) {
  return std::sqrt(tensor.squaredNorm() / static_cast<double>(tensor.size()));
}

// Standard error of a deviation: 1 / sqrt(2 n), 2.5 % for the smallest tensor; four of them
// allowed.
TEST(TransformerWeights, StartsWithTheDeviationsOfTheSpecification) {
  const auto weights = random_transformer<double>(TransformerShape{}, 1001);
  const auto tensors = weights.tensors();
  const auto expect_near = [](double actual, double expected) {
    EXPECT_NEAR(actual / expected, 1, 0.1);
  };
  expect_near(deviation(tensors.tokens()), 0.5);
  expect_near(deviation(tensors.positions()), 0.5);
  expect_near(deviation(tensors.output().topRows(kVocabulary)), 0.02);
  for (int layer = 0; layer < 2; ++layer) {
    expect_near(deviation(tensors.qkv(layer)), 1.0 / 8);
    expect_near(deviation(tensors.wo(layer)), 1.0 / 8 / 2);
    expect_near(deviation(tensors.w1(layer)), 1.0 / 8);
    expect_near(deviation(tensors.w2(layer)), 1.0 / 16 / 2);
    EXPECT_TRUE((tensors.attention_gain(layer).array() == 1).all());
    EXPECT_TRUE((tensors.mlp_gain(layer).array() == 1).all());
  }
  EXPECT_TRUE((tensors.final_gain().array() == 1).all());
  EXPECT_TRUE((tensors.output().bottomRows(6).array() == 0).all());
}

TEST(TransformerWeights, StartsFromTheSeed) {
  const TransformerShape shape{.width = 16, .layers = 1};
  EXPECT_EQ(random_transformer<float>(shape, 5).values, random_transformer<float>(shape, 5).values);
  EXPECT_NE(random_transformer<float>(shape, 5).values, random_transformer<float>(shape, 6).values);
}

}  // namespace
}  // namespace gradus
