#include "learner/learners/transformer.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tests/learner/transformer_questions.h"

namespace gradus {
namespace {

using testing::question_batch;

constexpr TransformerOptions kSmall{.shape = {.width = 16, .layers = 2}};

Transformer small_transformer(LearnerSetup setup = {}) { return Transformer(kSmall, setup); }

std::string state_of(const Transformer& learner) {
  ByteWriter out;
  learner.save(out);
  return out.take();
}

ItemScores scores_of(const Transformer& learner) {
  ItemScores scores;
  learner.freeze()->score(question_batch(17), scores);
  return scores;
}

TEST(Transformer, ReadsText) {
  const InputSpec spec = small_transformer().input();
  EXPECT_EQ(spec.kind, InputKind::kText);
  EXPECT_EQ(spec.check_text("1+1=", "2"), Reject::kNone);
}

TEST(Transformer, SumsTheLossThatItsFrozenCopyHasBeforeTheUpdate) {
  Transformer learner = small_transformer();
  const ItemScores before = scores_of(learner);
  const LearnSums sums = learner.learn(question_batch(17));
  double expected = 0;
  for (const float log_loss : before.log_loss) expected += log_loss;
  // Each log_loss is rounded to float: 17 * 3.3 * 6e-8.
  EXPECT_NEAR(sums.loss.value(), expected, 1e-5);
  EXPECT_EQ(sums.log_loss.value(), sums.loss.value());
  EXPECT_EQ(sums.examples, 17U);
}

// With near-zero output weights every token has probability 1/26.
TEST(Transformer, StartsNearTheLossOfKnowingNothing) {
  const LearnSums sums = small_transformer().learn(question_batch(32));
  EXPECT_NEAR(sums.loss.value() / 32, std::log(26.0), 0.1);
  EXPECT_EQ(sums.correct, 0U);
}

TEST(Transformer, MakesOneUpdateForThirtyTwoExamples) {
  EXPECT_EQ(small_transformer().learn(question_batch(32)).updates, 1U);
  EXPECT_EQ(small_transformer().learn(question_batch(64)).updates, 2U);
}

TEST(Transformer, MakesAnUpdateForAShorterLastMinibatch) {
  EXPECT_EQ(small_transformer().learn(question_batch(33)).updates, 2U);
}

TEST(Transformer, LearnsNothingFromAnEmptyBatch) {
  Transformer learner = small_transformer();
  const std::string before = state_of(learner);
  EXPECT_EQ(learner.learn(ExampleBatch{}).examples, 0U);
  EXPECT_EQ(state_of(learner), before);
}

TEST(Transformer, EndsInTheSameStateHoweverWholeMinibatchesAreCut) {
  Transformer at_once = small_transformer();
  Transformer in_parts = small_transformer();
  at_once.learn(question_batch(96));
  in_parts.learn(question_batch(32));
  in_parts.learn(question_batch(64, 32));
  EXPECT_EQ(state_of(at_once), state_of(in_parts));
}

TEST(Transformer, EndsInTheSameBitsWithTheSameSeed) {
  Transformer first = small_transformer({.seed = 4});
  Transformer second = small_transformer({.seed = 4});
  Transformer other = small_transformer({.seed = 5});
  for (Transformer* learner : {&first, &second, &other}) learner->learn(question_batch(320));
  EXPECT_EQ(state_of(first), state_of(second));
  EXPECT_NE(state_of(first), state_of(other));
}

TEST(Transformer, LearnsTheQuestionsThatItSeesAgainAndAgain) {
  Transformer learner = small_transformer();
  for (int round = 0; round < 400; ++round) learner.learn(question_batch(34));
  const LearnSums sums = learner.learn(question_batch(17));
  EXPECT_EQ(sums.correct, 17U);
  EXPECT_LT(sums.loss.value() / 17, 0.05);
}

TEST(Transformer, GoesOnBitForBitAfterLoading) {
  Transformer kept = small_transformer();
  kept.learn(question_batch(640));
  const std::string state = state_of(kept);
  Transformer loaded = small_transformer({.seed = 99});
  ByteReader in(state);
  ASSERT_TRUE(loaded.load(in));
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(state_of(loaded), state);
  EXPECT_EQ(kept.learn(question_batch(320)).loss.value(),
            loaded.learn(question_batch(320)).loss.value());
  EXPECT_EQ(state_of(kept), state_of(loaded));
  EXPECT_EQ(kept.facts().weight_norm, loaded.facts().weight_norm);
}

TEST(Transformer, RefusesTheStateOfAnotherShapeAndStaysAsItWas) {
  Transformer learner = small_transformer();
  const std::string before = state_of(learner);
  const Transformer wider({.shape = {.width = 32, .layers = 2}}, {});
  const std::string foreign = state_of(wider);
  ByteReader in(foreign);
  const auto loaded = learner.load(in);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(loaded.error().message.find("width 16"), std::string::npos);
  EXPECT_EQ(state_of(learner), before);
}

TEST(Transformer, RefusesAStateCutOffAnywhereAndStaysAsItWas) {
  Transformer learner = small_transformer();
  learner.learn(question_batch(32));
  const std::string state = state_of(learner);
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{30}, std::size_t{50},
                                   state.size() / 2, state.size() - 1}) {
    ByteReader in(std::string_view(state).substr(0, length));
    const auto loaded = learner.load(in);
    ASSERT_FALSE(loaded) << length;
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  }
  EXPECT_EQ(state_of(learner), state);
}

TEST(Transformer, MovesNoWeightFromAChangeOfTheRateToZeroOn) {
  Transformer learner = small_transformer({.rate_change_from = 64, .rate_change_factor = 0});
  learner.learn(question_batch(32));
  const ItemScores early = scores_of(learner);
  learner.learn(question_batch(32));
  const ItemScores frozen = scores_of(learner);
  EXPECT_NE(early.log_loss, frozen.log_loss);
  learner.learn(question_batch(320));
  EXPECT_EQ(scores_of(learner).log_loss, frozen.log_loss);
  EXPECT_EQ(learner.facts().learning_rate, 0);
}

TEST(Transformer, MultipliesTheRateFromTheChangeOn) {
  Transformer plain = small_transformer();
  Transformer faster = small_transformer({.rate_change_from = 32, .rate_change_factor = 100});
  plain.learn(question_batch(32));
  faster.learn(question_batch(32));
  EXPECT_EQ(faster.facts().learning_rate, plain.facts().learning_rate);
  plain.learn(question_batch(32));
  faster.learn(question_batch(32));
  EXPECT_DOUBLE_EQ(faster.facts().learning_rate, 100 * plain.facts().learning_rate);
}

TEST(Transformer, CountsWeightsThatAreNoLongerFinite) {
  Transformer learner = small_transformer({.rate_change_factor = 1e300});
  EXPECT_EQ(learner.learn(question_batch(32)).non_finite_weights, 1U);
}

TEST(Transformer, CountsNonFiniteLossesAndGradientsWithoutApplyingThem) {
  Transformer learner = small_transformer({.rate_change_factor = 1e300});
  learner.learn(question_batch(32));
  const std::uint64_t before = state_of(learner).size();
  const LearnSums sums = learner.learn(question_batch(32));
  EXPECT_EQ(sums.examples, 32U);
  EXPECT_EQ(sums.non_finite_losses, 32U);
  EXPECT_EQ(sums.non_finite_gradients, 1U);
  EXPECT_EQ(sums.updates, 0U);
  EXPECT_EQ(sums.loss.value(), 0);
  EXPECT_EQ(state_of(learner).size(), before);
}

TEST(Transformer, TellsItsSizeNormsAndRate) {
  Transformer learner({}, {});
  EXPECT_EQ(learner.facts().parameters, 102'976U);
  EXPECT_GT(learner.facts().weight_norm, 0);
  EXPECT_EQ(learner.facts().gradient_norm, 0);
  learner.learn(question_batch(32));
  EXPECT_DOUBLE_EQ(learner.facts().learning_rate, 1.25e-5);
  EXPECT_GT(learner.facts().gradient_norm, 0);
  EXPECT_GE(learner.facts().state_bytes, 3 * 4 * 102'976U);
}

TEST(Transformer, IsMadeWithDefaultsFromNoOptions) {
  Options options("learner");
  const auto made = make_transformer(options, {});
  ASSERT_TRUE(made);
  EXPECT_EQ((*made)->facts().parameters, 102'976U);
  EXPECT_TRUE(options.finish());
}

TEST(Transformer, IsMadeInTheSizeThatItsOptionsSay) {
  Options options("learner");
  options.set("width", "32", "a.yaml:3");
  options.set("layers", "1", "a.yaml:4");
  const auto made = make_transformer(options, {});
  ASSERT_TRUE(made);
  // (26 + 16 + 3) 32 + 12 * 32^2 + 26 * 32
  EXPECT_EQ((*made)->facts().parameters, 14'560U);
}

TEST(Transformer, LeavesABadOptionToBeReportedByName) {
  for (const auto& [key, value] : std::array<std::pair<const char*, const char*>, 3>{
           {{"width", "65"}, {"layers", "0"}, {"learning_rate", "-1"}}}) {
    Options options("learner");
    options.set(key, value, "a.yaml:3");
    ASSERT_TRUE(make_transformer(options, {}));
    const auto finished = options.finish();
    ASSERT_FALSE(finished) << key;
    EXPECT_EQ(finished.error().code, ErrorCode::kBadConfig);
    EXPECT_NE(finished.error().message.find(key), std::string::npos);
  }
}

}  // namespace
}  // namespace gradus
