#include "learner/learners/transformer_predictor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "learner/learners/transformer.h"
#include "learner/learners/transformer_network.h"
#include "tests/learner/transformer_questions.h"

namespace gradus {
namespace {

using testing::question_batch;

// Knows some of the questions and not others: it has seen the first twelve only, and not for long.
const Transformer& half_taught() {
  static const auto learner = [] {
    auto made = std::make_unique<Transformer>(
        TransformerOptions{.shape = {.width = 16, .layers = 2}}, LearnerSetup{});
    for (int round = 0; round < 150; ++round) made->learn(question_batch(12));
    return made;
  }();
  return *learner;
}

ItemScores score(const Predictor& predictor, const ExampleBatch& items) {
  ItemScores scores;
  predictor.score(items, scores);
  return scores;
}

TEST(TransformerPredictor, GivesTheGeometricMeanOfTheAnswersTokenProbabilities) {
  const ItemScores scores = score(*half_taught().freeze(), question_batch(17));
  for (std::size_t item = 0; item < 17; ++item) {
    double nats = 0;
    const auto begin = scores.position_begin[item];
    const auto end = scores.position_begin[item + 1];
    for (auto p = begin; p < end; ++p) nats -= std::log(double(scores.position_q[p]));
    EXPECT_NEAR(scores.log_loss[item], nats / (end - begin), 1e-5);
    EXPECT_NEAR(scores.q[item], std::exp(-nats / (end - begin)), 1e-5);
  }
}

TEST(TransformerPredictor, ScoresEveryPositionOfTheAnswerAndItsEnd) {
  const ItemScores scores = score(*half_taught().freeze(), question_batch(3));
  EXPECT_THAT(scores.position_begin, ::testing::ElementsAre(0, 4, 6, 10));  // 407, 9, 100
  EXPECT_EQ(scores.position_q.size(), 10U);
  EXPECT_EQ(scores.position_log_loss.size(), 10U);
  EXPECT_EQ(scores.position_exact.size(), 10U);
}

TEST(TransformerPredictor, IsExactWhereEveryPositionIs) {
  const ItemScores scores = score(*half_taught().freeze(), question_batch(17));
  int exact = 0;
  for (std::size_t item = 0; item < 17; ++item) {
    bool all = true;
    for (auto p = scores.position_begin[item]; p < scores.position_begin[item + 1]; ++p) {
      all = all && scores.position_exact[p] == 1;
    }
    EXPECT_EQ(scores.exact[item], all ? 1 : 0);
    exact += scores.exact[item];
  }
  EXPECT_GT(exact, 0);
  EXPECT_LT(exact, 17);
}

TEST(TransformerPredictor, GivesTheRightAnswerAsTextWhereItIsExact) {
  const ExampleBatch items = question_batch(17);
  const ItemScores scores = score(*half_taught().freeze(), items);
  for (std::size_t item = 0; item < 17; ++item) {
    const auto begin = scores.given_begin[item];
    const std::string given = scores.given.substr(begin, scores.given_begin[item + 1] - begin);
    EXPECT_EQ(given == items.answer(item), scores.exact[item] == 1) << items.prompt(item);
  }
}

// What the model answers when it reads its own tokens back, one at a time.
std::string decode_greedily(const Predictor& predictor, std::string_view prompt) {
  std::string answer;
  for (int length = 0; length < 4; ++length) {
    ExampleBatch items;
    testing::add_question(items, {prompt, answer + "0"});
    const ItemScores scores = score(predictor, items);
    const std::string& given = scores.given;
    if (given.size() <= answer.size()) return answer;  // it gave the end here
    answer += given[answer.size()];
  }
  return answer;
}

TEST(TransformerPredictor, IsExactExactlyWhereGreedyDecodingIs) {
  const ExampleBatch items = question_batch(16);  // answers of at most three characters
  const auto predictor = half_taught().freeze();
  const ItemScores scores = score(*predictor, items);
  for (std::size_t item = 0; item < items.size(); ++item) {
    const bool right = decode_greedily(*predictor, items.prompt(item)) == items.answer(item);
    EXPECT_EQ(right, scores.exact[item] == 1) << items.prompt(item);
  }
}

TEST(TransformerPredictor, ScoresAnItemAlikeInAnyCompany) {
  const auto predictor = half_taught().freeze();
  const ItemScores together = score(*predictor, question_batch(70));
  for (std::size_t item = 0; item < 70; ++item) {
    const ItemScores alone = score(*predictor, question_batch(1, item));
    EXPECT_EQ(together.log_loss[item], alone.log_loss[0]);
    EXPECT_EQ(together.q[item], alone.q[0]);
  }
}

TEST(TransformerPredictor, StaysAsItWasWhenTheLearnerGoesOn) {
  Transformer learner({.shape = {.width = 16, .layers = 2}}, {});
  learner.learn(question_batch(320));
  const auto frozen = learner.freeze();
  const ItemScores before = score(*frozen, question_batch(17));
  learner.learn(question_batch(320));
  EXPECT_EQ(score(*frozen, question_batch(17)).log_loss, before.log_loss);
  EXPECT_NE(score(*learner.freeze(), question_batch(17)).log_loss, before.log_loss);
}

// The live model's forward pass, as in training, against the frozen one's scores, bit by bit.
TEST(TransformerPredictor, ScoresExactlyAsTheLiveModelDoes) {
  Transformer learner({.shape = {.width = 64, .layers = 2}}, {});
  for (int round = 0; round < 20; ++round) learner.learn(question_batch(32));
  const ItemScores frozen = score(*learner.freeze(), question_batch(1, 9));
  const LearnSums live = learner.learn(question_batch(1, 9));
  EXPECT_EQ(frozen.log_loss[0], static_cast<float>(live.log_loss.value()));
}

TEST(TransformerPredictor, ReplacesWhatTheScoresHeldBefore) {
  const auto predictor = half_taught().freeze();
  ItemScores scores;
  predictor->score(question_batch(17), scores);
  predictor->score(question_batch(1), scores);
  EXPECT_EQ(scores.q.size(), 1U);
  EXPECT_EQ(scores.position_begin.size(), 2U);
  EXPECT_EQ(scores.given_begin.size(), 2U);
}

TEST(TransformerPredictor, ScoresNoItemsAtAll) {
  const ItemScores scores = score(*half_taught().freeze(), ExampleBatch{});
  EXPECT_TRUE(scores.q.empty());
  EXPECT_THAT(scores.position_begin, ::testing::ElementsAre(0));
  EXPECT_THAT(scores.given_begin, ::testing::ElementsAre(0));
}

TEST(TransformerPredictor, KeepsQWithinBoundsWhenTheWeightsAreNotFinite) {
  TransformerWeights<float> weights = random_transformer<float>({.width = 16, .layers = 1}, 1);
  weights.values.setConstant(std::numeric_limits<float>::quiet_NaN());
  const ItemScores scores = score(TransformerPredictor(weights), question_batch(17));
  for (const float q : scores.q) EXPECT_EQ(q, 0);
  for (const float q : scores.position_q) EXPECT_EQ(q, 0);
  EXPECT_EQ(std::count(scores.exact.begin(), scores.exact.end(), 1), 0);
}

}  // namespace
}  // namespace gradus
