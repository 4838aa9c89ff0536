// What every kind in the table of learners promises, whatever it learns.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/options.h"
#include "learner/learner.h"
#include "tests/learner/example_streams.h"

namespace gradus {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// Small models, and two classes where labels have classes.
Settings settings_of(std::string_view kind) {
  if (kind == "linear") return {{"classes", "2"}, {"bits", "12"}};
  if (kind == "transformer") return {{"width", "32"}, {"layers", "1"}};
  return {};
}

std::unique_ptr<Learner> make(const LearnerKind& kind, const LearnerSetup& setup = {}) {
  Options options("learner");
  for (const auto& [key, value] : settings_of(kind.name)) options.set(key, value, "test");
  auto made = kind.make(options, setup);
  EXPECT_TRUE(made.has_value() && options.finish().has_value()) << kind.name;
  return std::move(*made);
}

std::string state_of(const Learner& learner) {
  ByteWriter out;
  learner.save(out);
  return out.take();
}

Result<void> load(Learner& learner, std::string_view state) {
  ByteReader in(state);
  return learner.load(in);
}

ItemScores scores_of(const Predictor& predictor, const ExampleBatch& items) {
  ItemScores scores;
  predictor.score(items, scores);
  return scores;
}

void expect_equal(const ItemScores& a, const ItemScores& b) {
  EXPECT_EQ(a.q, b.q);
  EXPECT_EQ(a.log_loss, b.log_loss);
  EXPECT_EQ(a.exact, b.exact);
  EXPECT_EQ(a.position_q, b.position_q);
  EXPECT_EQ(a.position_log_loss, b.position_log_loss);
  EXPECT_EQ(a.given, b.given);
}

class LearnerConformance : public testing::TestWithParam<const LearnerKind*> {
 protected:
  const LearnerKind& kind() const { return *GetParam(); }
  /// Examples of one update.
  std::size_t unit() const { return std::max<std::size_t>(1, kind().minibatch); }
  ExampleBatch stream(std::size_t begin, std::size_t end) const {
    return test::easy_examples(kind().input, begin * unit(), end * unit());
  }
  ExampleBatch items() const { return test::easy_examples(kind().input, 0, 40, 2); }
};

TEST_P(LearnerConformance, IsFoundByItsName) {
  EXPECT_EQ(find_learner(kind().name), &kind());
  EXPECT_FALSE(kind().about.empty());
  EXPECT_FALSE(kind().source.empty());
}

// limits.memory is checked before a learner is made.
TEST_P(LearnerConformance, EstimatesItsMemoryFromItsKeys) {
  Options options("learner");
  for (const auto& [key, value] : settings_of(kind().name)) options.set(key, value, "test");
  EXPECT_GE(kind().memory(options), make(kind())->facts().state_bytes);
  // The defaults describe a larger model than these settings.
  EXPECT_GT(kind().memory(Options("learner")), kind().memory(options));
}

TEST_P(LearnerConformance, NeedsNoKeys) {
  Options options("learner");
  const auto made = kind().make(options, LearnerSetup{});
  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(options.finish().has_value());
  EXPECT_EQ((*made)->input().kind, kind().input);
}

TEST_P(LearnerConformance, LeavesUnknownKeysToBeRefused) {
  Options options("learner");
  options.set("no_such_key", "1", "gradus.yaml:7");
  const auto made = kind().make(options, LearnerSetup{});
  const auto finished = options.finish();
  ASSERT_FALSE(finished.has_value());
  EXPECT_EQ(finished.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(finished.error().message, testing::HasSubstr("no_such_key"));
}

TEST_P(LearnerConformance, CountsEveryExample) {
  const auto learner = make(kind());
  const LearnSums sums = learner->learn(stream(0, 10));
  EXPECT_EQ(sums.examples, 10 * unit());
  EXPECT_EQ(sums.updates, 10U);
  EXPECT_LE(sums.correct, sums.examples);
  EXPECT_TRUE(std::isfinite(sums.loss.value()) && sums.loss.value() > 0);
  EXPECT_TRUE(std::isfinite(sums.log_loss.value()) && sums.log_loss.value() > 0);
}

TEST_P(LearnerConformance, LearnsAnEasyStream) {
  const auto learner = make(kind());
  const LearnSums first = learner->learn(stream(0, 10));
  learner->learn(stream(10, 90));
  const LearnSums last = learner->learn(stream(90, 100));
  EXPECT_LT(last.log_loss.value(), 0.7 * first.log_loss.value());
  EXPECT_LT(last.loss.value(), 0.7 * first.loss.value());
}

TEST_P(LearnerConformance, TakesTheLossBeforeTheUpdate) {
  const auto learner = make(kind());
  for (std::size_t i = 0; i < 5; ++i) {
    const ExampleBatch batch = stream(i, i + 1);
    const ItemScores before = scores_of(*learner->freeze(), batch);
    const LearnSums sums = learner->learn(batch);
    const double log_loss = std::accumulate(before.log_loss.begin(), before.log_loss.end(), 0.0);
    // The scores are floats.
    EXPECT_NEAR(sums.log_loss.value(), log_loss, 1e-5 * (1 + log_loss));
    EXPECT_EQ(sums.correct, static_cast<std::uint64_t>(
                                std::accumulate(before.exact.begin(), before.exact.end(), 0)));
  }
}

TEST_P(LearnerConformance, DependsOnTheStreamAndTheSeedOnly) {
  const auto one = make(kind(), {.seed = 5});
  const auto two = make(kind(), {.seed = 5});
  EXPECT_EQ(state_of(*one), state_of(*two));
  one->learn(stream(0, 20));
  two->learn(stream(0, 20));
  EXPECT_EQ(state_of(*one), state_of(*two));
}

TEST_P(LearnerConformance, DoesNotDependOnHowTheStreamIsCut) {
  const auto whole = make(kind());
  const auto pieces = make(kind());
  const LearnSums expected = whole->learn(stream(0, 24));
  LearnSums sums;
  for (const auto& [begin, end] : {std::pair{0, 1}, {1, 4}, {4, 4}, {4, 17}, {17, 24}})
    sums += pieces->learn(stream(begin, end));
  EXPECT_EQ(state_of(*whole), state_of(*pieces));
  EXPECT_EQ(sums.examples, expected.examples);
  EXPECT_EQ(sums.correct, expected.correct);
  // To the bit: a sum that was rounded at the end of each piece would differ.
  EXPECT_EQ(sums.loss.value(), expected.loss.value());
  EXPECT_EQ(sums.log_loss.value(), expected.log_loss.value());
}

TEST_P(LearnerConformance, DoesNothingWithAnEmptyBatch) {
  const auto learner = make(kind());
  learner->learn(stream(0, 3));
  const std::string before = state_of(*learner);
  const LearnSums sums = learner->learn(stream(0, 0));
  EXPECT_EQ(sums.examples, 0U);
  EXPECT_EQ(sums.updates, 0U);
  EXPECT_EQ(sums.loss.value(), 0);
  EXPECT_EQ(state_of(*learner), before);
}

TEST_P(LearnerConformance, GoesOnFromASavedStateBitForBit) {
  const auto unbroken = make(kind());
  unbroken->learn(stream(0, 12));
  const auto resumed = make(kind(), {.seed = 99});
  ASSERT_TRUE(load(*resumed, state_of(*unbroken)).has_value());
  EXPECT_EQ(state_of(*resumed), state_of(*unbroken));
  const LearnSums a = unbroken->learn(stream(12, 30));
  const LearnSums b = resumed->learn(stream(12, 30));
  EXPECT_EQ(a.loss.value(), b.loss.value());
  EXPECT_EQ(a.log_loss.value(), b.log_loss.value());
  EXPECT_EQ(state_of(*resumed), state_of(*unbroken));
  expect_equal(scores_of(*resumed->freeze(), items()), scores_of(*unbroken->freeze(), items()));
}

TEST_P(LearnerConformance, IsNotChangedByBeingSavedOrFrozen) {
  const auto watched = make(kind());
  const auto alone = make(kind());
  for (std::size_t i = 0; i < 8; ++i) {
    watched->learn(stream(i, i + 1));
    alone->learn(stream(i, i + 1));
    state_of(*watched);
    scores_of(*watched->freeze(), items());
    watched->facts();
  }
  EXPECT_EQ(state_of(*watched), state_of(*alone));
}

TEST_P(LearnerConformance, RefusesAStateThatIsCutOff) {
  const auto donor = make(kind());
  donor->learn(stream(0, 6));
  const std::string state = state_of(*donor);
  const auto learner = make(kind());
  learner->learn(stream(0, 2));
  const std::string before = state_of(*learner);
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{5}, state.size() / 2, state.size() - 1}) {
    const auto loaded = load(*learner, std::string_view(state).substr(0, length));
    ASSERT_FALSE(loaded.has_value()) << length;
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  }
  EXPECT_EQ(state_of(*learner), before);
}

TEST_P(LearnerConformance, RefusesBytesThatAreNoState) {
  const auto learner = make(kind());
  learner->learn(stream(0, 2));
  const std::string before = state_of(*learner);
  for (const char fill : {'\0', 'x', '\xff'}) {
    const auto loaded = load(*learner, std::string(before.size(), fill));
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  }
  EXPECT_EQ(state_of(*learner), before);
}

TEST_P(LearnerConformance, RefusesTheStateOfAnotherKind) {
  const auto learner = make(kind());
  for (const LearnerKind& other : learner_kinds()) {
    if (other.name == kind().name) continue;
    EXPECT_FALSE(load(*learner, state_of(*make(other))).has_value()) << other.name;
  }
}

TEST_P(LearnerConformance, FreezesACopyThatStaysAsItIs) {
  const auto learner = make(kind());
  learner->learn(stream(0, 10));
  const auto frozen = learner->freeze();
  const ItemScores at_once = scores_of(*frozen, items());
  learner->learn(stream(10, 40));
  expect_equal(scores_of(*frozen, items()), at_once);
  EXPECT_NE(scores_of(*learner->freeze(), items()).q, at_once.q);
}

TEST_P(LearnerConformance, ScoresOneItemAsItScoresMany) {
  const auto learner = make(kind());
  learner->learn(stream(0, 30));
  const auto frozen = learner->freeze();
  const ItemScores together = scores_of(*frozen, items());
  const ItemScores alone = scores_of(*frozen, test::easy_examples(kind().input, 17, 18, 2));
  // Matrix products of other sizes add up in another order.
  EXPECT_NEAR(alone.q[0], together.q[17], 1e-5);
  EXPECT_NEAR(alone.log_loss[0], together.log_loss[17], 1e-5);
  EXPECT_EQ(alone.exact[0], together.exact[17]);
}

TEST_P(LearnerConformance, GivesScoresOfTheRightShape) {
  const auto learner = make(kind());
  learner->learn(stream(0, 10));
  const ItemScores scores = scores_of(*learner->freeze(), items());
  ASSERT_EQ(scores.q.size(), items().size());
  ASSERT_EQ(scores.log_loss.size(), items().size());
  ASSERT_EQ(scores.exact.size(), items().size());
  EXPECT_THAT(scores.q, testing::Each(testing::AllOf(testing::Ge(0), testing::Le(1))));
  EXPECT_THAT(scores.log_loss, testing::Each(testing::Ge(0)));
  EXPECT_THAT(scores.exact, testing::Each(testing::Le(1)));
  EXPECT_EQ(scores.position_q.size(), scores.position_log_loss.size());
  EXPECT_EQ(scores.position_q.size(), scores.position_exact.size());
}

TEST_P(LearnerConformance, ScoresNothingFromNoItems) {
  ItemScores scores;
  scores.q.push_back(1);
  make(kind())->freeze()->score(stream(0, 0), scores);
  EXPECT_TRUE(scores.q.empty());
}

TEST_P(LearnerConformance, DoesNotApplyWhatIsNotFinite) {
  const auto learner = make(kind());
  learner->learn(stream(0, 10));
  const ItemScores before = scores_of(*learner->freeze(), items());
  for (const float weight :
       {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    ExampleBatch batch = stream(10, 11);
    std::fill(batch.weight.begin(), batch.weight.end(), weight);
    const LearnSums sums = learner->learn(batch);
    EXPECT_EQ(sums.updates, 0U);
    EXPECT_GT(sums.non_finite_inputs + sums.non_finite_losses + sums.non_finite_gradients, 0U);
  }
  expect_equal(scores_of(*learner->freeze(), items()), before);
  EXPECT_TRUE(std::isfinite(learner->facts().weight_norm));
}

TEST_P(LearnerConformance, StandsStillAtARateOfZero) {
  const auto learner =
      make(kind(), {.seed = 1, .rate_change_from = 10 * unit(), .rate_change_factor = 0});
  learner->learn(stream(0, 10));
  const ItemScores before = scores_of(*learner->freeze(), items());
  const LearnSums sums = learner->learn(stream(10, 20));
  EXPECT_GT(sums.loss.value(), 0);
  expect_equal(scores_of(*learner->freeze(), items()), before);
  EXPECT_EQ(learner->facts().learning_rate, 0);
}

TEST_P(LearnerConformance, GoesOnAtItsOwnRateWhereAChangeEnds) {
  const auto usual = make(kind());
  const auto changed = make(kind(), {.seed = 1,
                                     .rate_change_from = 10 * unit(),
                                     .rate_change_factor = 0,
                                     .rate_change_until = 20 * unit()});
  for (std::size_t at = 0; at < 30; at += 10) {
    usual->learn(stream(at, at + 10));
    changed->learn(stream(at, at + 10));
  }
  EXPECT_EQ(changed->facts().learning_rate, usual->facts().learning_rate);
  EXPECT_GT(changed->facts().learning_rate, 0);
}

TEST_P(LearnerConformance, StatesItsFacts) {
  const auto learner = make(kind());
  learner->learn(stream(0, 10));
  const LearnerFacts facts = learner->facts();
  EXPECT_GT(facts.learning_rate, 0);
  EXPECT_GT(facts.gradient_norm, 0);
  EXPECT_TRUE(std::isfinite(facts.gradient_norm));
  EXPECT_GT(facts.weight_norm, 0);
  EXPECT_TRUE(std::isfinite(facts.weight_norm));
  EXPECT_GT(facts.parameters, 0U);
  EXPECT_GE(facts.state_bytes, facts.parameters);
}

std::vector<const LearnerKind*> all_kinds() {
  std::vector<const LearnerKind*> kinds;
  for (const LearnerKind& kind : learner_kinds()) kinds.push_back(&kind);
  return kinds;
}

INSTANTIATE_TEST_SUITE_P(Kinds, LearnerConformance, testing::ValuesIn(all_kinds()),
                         [](const auto& tested) { return std::string(tested.param->name); });

TEST(LearnerKinds, FindsNothingByAnUnknownName) { EXPECT_EQ(find_learner("psychic"), nullptr); }

}  // namespace
}  // namespace gradus
