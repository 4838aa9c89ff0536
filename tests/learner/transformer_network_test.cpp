#include "learner/learners/transformer_network.h"

#include <gtest/gtest.h>

#include "tests/learner/transformer_questions.h"
#include "tests/learner/transformer_reference.h"

namespace gradus {
namespace {

using testing::question_batch;

// Weights with gains away from one and an output large enough that probabilities differ.
template <typename Scalar>
TransformerWeights<Scalar> lively_weights(TransformerShape shape) {
  TransformerWeights<Scalar> weights = random_transformer<Scalar>(shape, 7);
  const auto tensors = weights.tensors();
  tensors.output() *= 30;
  for (int layer = 0; layer < shape.layers; ++layer) {
    tensors.attention_gain(layer).setLinSpaced(Scalar(0.5), Scalar(1.5));
    tensors.mlp_gain(layer).setLinSpaced(Scalar(1.5), Scalar(0.5));
  }
  tensors.final_gain().setLinSpaced(Scalar(0.8), Scalar(1.2));
  return weights;
}

PackedText pack(const ExampleBatch& batch, std::size_t first, std::size_t last) {
  PackedText text;
  text.pack(batch, first, last);
  return text;
}

// Largest difference between the network's nats and the reference's, over all answer positions.
double worst_difference(TransformerShape shape) {
  const auto weights = lively_weights<double>(shape);
  const PackedText text = pack(question_batch(17), 0, 17);
  TransformerWorkspace<double> work(shape, 0, 0);
  TransformerNetwork<double>::forward(weights, text, work);
  const testing::ReferenceTransformer reference(weights);
  double worst = 0;
  for (std::size_t s = 0; s < text.sequences(); ++s) {
    const std::span<const Token> input(text.token.data() + text.token_begin[s],
                                       text.token_begin[s + 1] - text.token_begin[s]);
    const auto rows = reference.log_probabilities(input);
    const std::size_t answers = text.answer_begin[s + 1] - text.answer_begin[s];
    for (std::size_t k = 0; k < answers; ++k) {
      const std::size_t a = text.answer_begin[s] + k;
      const double expected = -rows[input.size() - answers + k][text.target[a]];
      worst = std::max(worst, std::abs(work.nats[static_cast<Eigen::Index>(a)] - expected));
    }
  }
  return worst;
}

// Both compute in double; 1e-10 leaves four digits for the order of summation.
TEST(TransformerNetwork, AgreesWithTheEquationsAtEveryAnswerPosition) {
  EXPECT_LT(worst_difference({.width = 32, .layers = 2}), 1e-10);
}

TEST(TransformerNetwork, AgreesWithTheEquationsWithOneLayer) {
  EXPECT_LT(worst_difference({.width = 32, .layers = 1}), 1e-10);
}

TEST(TransformerNetwork, AgreesWithTheEquationsWithThreeLayersAndFourHeads) {
  EXPECT_LT(worst_difference({.width = 64, .layers = 3}), 1e-10);
}

TEST(TransformerNetwork, GivesTheSameBitsForAQuestionAloneAndInABatch) {
  const TransformerShape shape;
  const auto weights = lively_weights<float>(shape);
  const ExampleBatch batch = question_batch(40);
  const PackedText together = pack(batch, 0, 40);
  TransformerWorkspace<float> packed(shape, 0, 0);
  TransformerWorkspace<float> alone(shape, 0, 0);
  TransformerNetwork<float>::forward(weights, together, packed);
  for (std::size_t s = 0; s < 40; ++s) {
    const PackedText one = pack(batch, s, s + 1);
    TransformerNetwork<float>::forward(weights, one, alone);
    for (int a = 0; a < one.answers(); ++a) {
      const auto column = static_cast<Eigen::Index>(together.answer_begin[s]) + a;
      EXPECT_EQ(packed.nats[column], alone.nats[a]) << "question " << s << ", position " << a;
      EXPECT_EQ(packed.probability.col(column), alone.probability.col(a));
    }
  }
}

TEST(TransformerNetwork, GivesProbabilitiesThatSumToOne) {
  const TransformerShape shape;
  const auto weights = lively_weights<float>(shape);
  const PackedText text = pack(question_batch(17), 0, 17);
  TransformerWorkspace<float> work(shape, 0, 0);
  TransformerNetwork<float>::forward(weights, text, work);
  for (int a = 0; a < text.answers(); ++a) {
    // 26 divisions, each rounded to 2^-24 of a number below one.
    EXPECT_NEAR(work.probability.col(a).sum(), 1, 26 * 6e-8);
    EXPECT_GE(work.probability.col(a).minCoeff(), 0);
  }
}

TEST(TransformerNetwork, LosesMinusTheLogOfTheRightTokensProbability) {
  const TransformerShape shape;
  const auto weights = lively_weights<double>(shape);
  const PackedText text = pack(question_batch(17), 0, 17);
  TransformerWorkspace<double> work(shape, 0, 0);
  TransformerNetwork<double>::forward(weights, text, work);
  for (int a = 0; a < text.answers(); ++a) {
    const Token target = text.target[static_cast<std::size_t>(a)];
    EXPECT_NEAR(work.nats[a], -std::log(work.probability(target, a)), 1e-10);
  }
}

TEST(TransformerNetwork, IgnoresWhatComesAfterAPosition) {
  const TransformerShape shape;
  const auto weights = lively_weights<float>(shape);
  ExampleBatch batch;
  testing::add_question(batch, {"47+5=", "52"});
  testing::add_question(batch, {"47+5=", "9999"});
  const PackedText text = pack(batch, 0, 2);
  TransformerWorkspace<float> work(shape, 0, 0);
  TransformerNetwork<float>::forward(weights, text, work);
  EXPECT_EQ(work.probability.col(0), work.probability.col(text.answer_begin[1]));
}

TEST(TransformerNetwork, TakesAnEmptyBatch) {
  const TransformerShape shape{.width = 16, .layers = 2};
  const auto weights = lively_weights<float>(shape);
  TransformerWorkspace<float> work(shape, 0, 0);
  TransformerNetwork<float>::forward(weights, PackedText{}, work);
  SUCCEED();
}

TEST(TransformerNetwork, GrowsItsMemoryForALongBatch) {
  const TransformerShape shape{.width = 16, .layers = 2};
  const auto weights = lively_weights<float>(shape);
  const PackedText text = pack(question_batch(200), 0, 200);
  TransformerWorkspace<float> small(shape, 4, 2);
  TransformerWorkspace<float> large(shape, 4000, 2000);
  TransformerNetwork<float>::forward(weights, text, small);
  TransformerNetwork<float>::forward(weights, text, large);
  EXPECT_EQ(small.nats.head(text.answers()), large.nats.head(text.answers()));
}

}  // namespace
}  // namespace gradus
