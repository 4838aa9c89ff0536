#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "learner/learner.h"
#include "tests/learner/linear_batches.h"

namespace gradus {
namespace {

using test::add_example;
using test::linear;
using test::one_example;
using test::scores;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

std::string refusal(const test::LinearKeys& keys) {
  Options options("learner");
  for (const auto& [key, value] : keys) options.set(key, value, "gradus.yaml:3");
  const auto made = find_learner("linear")->make(options, LearnerSetup{});
  if (const auto finished = options.finish(); !finished) return finished.error().message;
  return made ? "" : made.error().message;
}

TEST(Linear, ChoosesLossByClasses) {
  EXPECT_EQ(linear({})->input().classes, 0U);
  EXPECT_EQ(linear({{"loss", "hinge"}})->input().classes, 2U);
  EXPECT_EQ(linear({{"classes", "7"}})->input().classes, 7U);
}

TEST(Linear, MovesOneWeightByTheClosedForm) {
  // Squared loss, x = bias only, y = 1, eta = .5: G = 4, s = 1, r = 1/2, N/T = 1, P = 1/2, so
  // u = (1 - e^(-2 eta P)) / P and p becomes 1 - e^-.5.
  const auto learner = linear({});
  const LearnSums first = learner->learn(one_example({}, 1));
  EXPECT_DOUBLE_EQ(first.loss.value(), 1);
  const LearnSums second = learner->learn(one_example({}, 1));
  EXPECT_NEAR(second.loss.value(), std::exp(-1.0), 1e-6);
}

TEST(Linear, StartsAtEvenOdds) {
  const LearnSums sums = linear({{"classes", "2"}})->learn(one_example({{3, 1}}, 1));
  EXPECT_DOUBLE_EQ(sums.log_loss.value(), std::log(2.0));
  EXPECT_DOUBLE_EQ(sums.loss.value(), std::log(2.0));
}

TEST(Linear, StartsAtEvenSharesOfTheClasses) {
  const auto learner = linear({{"classes", "5"}});
  const ItemScores at_first = scores(*learner, one_example({{3, 1}}, 4));
  EXPECT_FLOAT_EQ(at_first.q[0], 0.2F);
  EXPECT_FLOAT_EQ(at_first.log_loss[0], std::log(5.0F));
}

TEST(Linear, CallsTheFirstOfEqualClassesItsAnswer) {
  const auto learner = linear({{"classes", "3"}});
  EXPECT_EQ(scores(*learner, one_example({{3, 1}}, 0)).exact[0], 1);
  EXPECT_EQ(scores(*learner, one_example({{3, 1}}, 1)).exact[0], 0);
}

TEST(Linear, TellsSeveralClassesApart) {
  for (const std::string loss : {"logistic", "squared", "hinge"}) {
    const auto learner = linear({{"classes", "4"}, {"loss", loss}});
    ExampleBatch batch;
    for (std::uint32_t i = 0; i < 400; ++i)
      add_example(batch, {{10 + i % 4, 1}}, static_cast<float>(i % 4));
    learner->learn(batch);
    const LearnSums sums = learner->learn(batch);
    EXPECT_EQ(sums.correct, 400U) << loss;
  }
}

TEST(Linear, FollowsALineToItsRange) {
  const auto learner = linear({{"learning_rate", "5"}});
  ExampleBatch batch;
  for (int i = 0; i < 2000; ++i) {
    const auto x = static_cast<float>(i % 21 - 10);
    add_example(batch, {{5, x}}, 3 * x + 7);
  }
  learner->learn(batch);
  const ItemScores found = scores(*learner, one_example({{5, 4}}, 19));
  // q = 1 - |p - y| / range, and the labels lie between -23 and 37.
  EXPECT_GT(found.q[0], 1 - 1.0 / 60);
  EXPECT_EQ(found.exact[0], 0);
}

TEST(Linear, GivesNoCreditForAnErrorAsWideAsTheRange) {
  const auto learner = linear({});
  ExampleBatch batch;
  for (int i = 0; i < 100; ++i) add_example(batch, {}, i % 2 == 0 ? 0 : 10);
  learner->learn(batch);
  EXPECT_EQ(scores(*learner, one_example({}, 40)).q[0], 0);
  EXPECT_GT(scores(*learner, one_example({}, 5)).q[0], 0.5F);
}

TEST(Linear, LearnsTheQuantileThatIsAskedFor) {
  const auto learner =
      linear({{"loss", "quantile"}, {"quantile_tau", "0.9"}, {"learning_rate", "10"}});
  ExampleBatch batch;
  for (int i = 0; i < 20000; ++i) add_example(batch, {}, static_cast<float>(i * 37 % 100));
  learner->learn(batch);
  // Below the nine-tenths quantile, 90, the loss of a label 0 is (1 - tau) p.
  const double p = learner->learn(one_example({}, 0)).loss.value() / 0.1;
  EXPECT_NEAR(p, 90, 3);
}

TEST(Linear, LeavesOutValuesThatAreNotFinite) {
  const auto learner = linear({{"classes", "2"}});
  const auto clean = linear({{"classes", "2"}});
  const LearnSums sums =
      learner->learn(one_example({{1, kNaN}, {2, 1}, {3, kInfinity}, {4, 1e30F}}, 1));
  clean->learn(one_example({{2, 1}}, 1));
  EXPECT_EQ(sums.non_finite_inputs, 3U);
  EXPECT_EQ(sums.updates, 1U);
  const ExampleBatch items = one_example({{1, 1}, {2, 1}, {3, 1}}, 1);
  EXPECT_EQ(scores(*learner, items).q, scores(*clean, items).q);
}

TEST(Linear, LeavesOutZeros) {
  const auto learner = linear({});
  const auto clean = linear({});
  learner->learn(one_example({{1, 0}, {2, 1}}, 1));
  clean->learn(one_example({{2, 1}}, 1));
  const ExampleBatch items = one_example({{1, 1}, {2, 1}}, 1);
  EXPECT_EQ(scores(*learner, items).q, scores(*clean, items).q);
}

TEST(Linear, DoesNotLearnFromALabelOutsideItsClasses) {
  const auto learner = linear({{"classes", "3"}});
  for (const float label : {-1.0F, 3.0F, kNaN}) {
    const LearnSums sums = learner->learn(one_example({{1, 1}}, label));
    EXPECT_EQ(sums.examples, 1U);
    EXPECT_EQ(sums.non_finite_inputs, 1U);
    EXPECT_EQ(sums.updates, 0U);
  }
}

TEST(Linear, DoesNotApplyAGradientThatFloatsCannotHold) {
  const auto learner = linear({});
  const LearnSums sums = learner->learn(one_example({{1, 1e17F}}, 1e15F));
  EXPECT_EQ(sums.non_finite_gradients, 1U);
  EXPECT_EQ(sums.updates, 0U);
  EXPECT_EQ(learner->facts().weight_norm, 0);
}

TEST(Linear, StaysFiniteUnderHugeAndTinyValues) {
  const auto learner = linear({{"classes", "2"}});
  ExampleBatch batch;
  const std::vector<float> values = {1e18F, -1e18F, 1e-38F, -1e-45F, 1e9F, 1};
  for (std::uint32_t i = 0; i < 3000; ++i)
    add_example(batch, {{i % 3, values[i % values.size()]}, {4, 1}}, static_cast<float>(i * 7 % 2),
                i % 5 == 0 ? 1e6F : 1e-6F);
  const LearnSums sums = learner->learn(batch);
  EXPECT_TRUE(std::isfinite(sums.loss.value()));
  EXPECT_TRUE(std::isfinite(learner->facts().weight_norm));
  EXPECT_TRUE(std::isfinite(learner->facts().gradient_norm));
}

TEST(Linear, IgnoresExamplesWithoutWeight) {
  const auto learner = linear({{"classes", "2"}});
  const LearnSums sums = learner->learn(one_example({{1, 1}}, 1, 0));
  EXPECT_EQ(sums.examples, 1U);
  EXPECT_EQ(sums.updates, 0U);
  EXPECT_FLOAT_EQ(scores(*learner, one_example({{1, 1}}, 1)).q[0], 0.5F);
}

TEST(Linear, TakesTheSameStepsAtALowerRateFromTheDeclaredStep) {
  const LearnerSetup setup{.seed = 1, .rate_change_from = 3, .rate_change_factor = 0.1};
  const auto learner = linear({{"learning_rate", "0.4"}}, setup);
  EXPECT_DOUBLE_EQ(learner->facts().learning_rate, 0.4);
  ExampleBatch batch;
  for (int i = 0; i < 3; ++i) add_example(batch, {}, 1);
  learner->learn(batch);
  EXPECT_DOUBLE_EQ(learner->facts().learning_rate, 0.04);
}

TEST(Linear, KeepsWeightsAtZeroUnderStrongL1) {
  const auto plain = linear({{"classes", "2"}});
  const auto sparse = linear({{"classes", "2"}, {"l1", "0.1"}});
  ExampleBatch batch;
  for (std::uint32_t i = 0; i < 500; ++i)
    add_example(batch, {{i * 31 % 97, 1}}, static_cast<float>(i * 7 % 2));
  plain->learn(batch);
  sparse->learn(batch);
  const ExampleBatch items = one_example({{31, 1}}, 1);
  EXPECT_NE(scores(*plain, items).q[0], 0.5F);
  EXPECT_FLOAT_EQ(scores(*sparse, items).q[0], 0.5F);
}

TEST(Linear, FoldsContractionBeforeItsDigitsRunOut) {
  // With l2 = 1 the contraction shrinks by a large factor each step and passes 1e-9 many times.
  const auto learner = linear({{"classes", "2"}, {"l2", "0.9"}});
  ExampleBatch batch;
  for (std::uint32_t i = 0; i < 2000; ++i) add_example(batch, {{3, 1}}, 1);
  const LearnSums sums = learner->learn(batch);
  EXPECT_EQ(sums.updates, 2000U);
  const ItemScores found = scores(*learner, one_example({{3, 1}}, 1));
  EXPECT_GT(found.q[0], 0.5F);
  EXPECT_LT(found.q[0], 0.99F);
}

TEST(Linear, LearnsWithAnotherPowerOfTheRate) {
  const auto roots = linear({{"classes", "2"}, {"power_t", "0.5"}});
  const auto powers = linear({{"classes", "2"}, {"power_t", "0.50001"}});
  ExampleBatch batch;
  for (std::uint32_t i = 0; i < 300; ++i)
    add_example(batch, {{i % 17, 1}, {40, 0.1F * static_cast<float>(i % 7)}},
                static_cast<float>(i % 17 % 2));
  // The powers go to the square roots as power_t goes to one half.
  EXPECT_NEAR(powers->learn(batch).loss.value(), roots->learn(batch).loss.value(), 0.05);
}

TEST(Linear, StatesTheNormOfItsWeights) {
  // One step on the bias and one feature of value 1: both weights are equal, and the margin of
  // the example, read off its loss ln(1 + e^-p), is their sum.
  const auto learner = linear({{"classes", "2"}});
  learner->learn(one_example({{3, 1}}, 1));
  const double norm = learner->facts().weight_norm;
  const double p = -std::log(std::expm1(learner->learn(one_example({{3, 1}}, 1)).loss.value()));
  EXPECT_NEAR(norm, p / std::sqrt(2.0), 1e-6);
}

TEST(Linear, RefusesWhatItCannotDo) {
  EXPECT_THAT(refusal({{"loss", "logistc"}}), testing::HasSubstr("logistic"));
  EXPECT_THAT(refusal({{"classes", "1"}}), testing::HasSubstr("gradus.yaml:3: learner.classes"));
  EXPECT_THAT(refusal({{"classes", "3"}, {"loss", "quantile"}}),
              testing::HasSubstr("learner.loss"));
  EXPECT_THAT(refusal({{"classes", "0"}, {"loss", "logistic"}}), testing::HasSubstr("classes"));
  EXPECT_THAT(refusal({{"bits", "28"}, {"classes", "10"}}), testing::HasSubstr("fewer bits"));
  EXPECT_THAT(refusal({{"bits", "40"}}), testing::HasSubstr("bits"));
  EXPECT_THAT(refusal({{"learning_rate", "-1"}}), testing::HasSubstr("learning_rate"));
}

TEST(Linear, RefusesAStateOfOtherOptions) {
  ByteWriter out;
  linear({{"learning_rate", "0.4"}})->save(out);
  ByteReader in(out.bytes());
  const auto loaded = linear({{"learning_rate", "0.3"}})->load(in);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace gradus
