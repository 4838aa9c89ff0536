#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "learner/learners/linear_loss.h"
#include "tests/learner/linear_batches.h"

namespace gradus {
namespace {

/// A number in [low, high] with four digits behind the point.
double drawn(double low, double high) {
  const auto steps = static_cast<int>((high - low) * 1e4);
  return low + *rc::gen::inRange(0, steps + 1) * 1e-4;
}

/// Where a prediction goes when an example of importance h is learned with all else held still.
template <typename Loss>
double moved(const Loss& loss, double p, double y, double e, double P) {
  return p + loss.step(p, y, e, P) * P;
}

/// Between where it was and where the loss is least.
bool between(double from, double p, double to) {
  const double slack = 1e-9 * (1 + std::fabs(from) + std::fabs(to));
  return p >= std::min(from, to) - slack && p <= std::max(from, to) + slack;
}

RC_GTEST_PROP(LinearProperty, SquaredLossNeverOvershootsTheLabel, ()) {
  const double p = drawn(-50, 50), y = drawn(-50, 50), e = drawn(0.001, 100), P = drawn(0.001, 100);
  RC_ASSERT(between(p, moved(SquaredLoss{}, p, y, e, P), y));
}

RC_GTEST_PROP(LinearProperty, QuantileLossNeverOvershootsTheLabel, ()) {
  const QuantileLoss loss{drawn(0.01, 0.99)};
  const double p = drawn(-50, 50), y = drawn(-50, 50), e = drawn(0.001, 100), P = drawn(0.001, 100);
  RC_ASSERT(between(p, moved(loss, p, y, e, P), y));
}

RC_GTEST_PROP(LinearProperty, HingeLossNeverOvershootsTheMargin, ()) {
  const double y = *rc::gen::element(-1.0, 1.0);
  const double p = drawn(-1, 1), e = drawn(0.001, 100), P = drawn(0.001, 100);
  RC_ASSERT(between(p, moved(HingeLoss{}, p, y, e, P), y));
}

RC_GTEST_PROP(LinearProperty, LogisticLossMovesTowardsTheLabel, ()) {
  const double y = *rc::gen::element(-1.0, 1.0);
  const double p = drawn(-50, 50), e = drawn(0.001, 100), P = drawn(0.001, 100);
  const double after = moved(LogisticLoss{}, p, y, e, P);
  RC_ASSERT(y * after >= y * p);
  // The flow is slower than its first speed, e P / (1 + e^yp) a unit: it only slows down.
  const double rounding = 1e-12 * std::fabs(p);
  RC_ASSERT(y * (after - p) <= e * P / (1 + std::exp(y * p)) * (1 + 1e-9) + rounding);
}

/// Two updates of importance h equal one of 2h: both are the same way along the gradient flow.
template <typename Loss>
void two_equal_one(const Loss& loss, double p, double y, double tolerance) {
  const double e = drawn(0.01, 5), P = drawn(0.01, 5);
  const double once = moved(loss, p, y, 2 * e, P);
  const double twice = moved(loss, moved(loss, p, y, e, P), y, e, P);
  RC_ASSERT(std::fabs(once - twice) <= tolerance * (1 + std::fabs(p)));
}

RC_GTEST_PROP(LinearProperty, TwoSquaredUpdatesEqualOneOfTwiceTheImportance, ()) {
  two_equal_one(SquaredLoss{}, drawn(-50, 50), drawn(-50, 50), 1e-9);
}

RC_GTEST_PROP(LinearProperty, TwoQuantileUpdatesEqualOneOfTwiceTheImportance, ()) {
  two_equal_one(QuantileLoss{drawn(0.01, 0.99)}, drawn(-50, 50), drawn(-50, 50), 1e-9);
}

RC_GTEST_PROP(LinearProperty, TwoHingeUpdatesEqualOneOfTwiceTheImportance, ()) {
  two_equal_one(HingeLoss{}, drawn(-1, 1), *rc::gen::element(-1.0, 1.0), 1e-9);
}

RC_GTEST_PROP(LinearProperty, TwoLogisticUpdatesEqualOneOfTwiceTheImportance, ()) {
  two_equal_one(LogisticLoss{}, drawn(-50, 50), *rc::gen::element(-1.0, 1.0), 1e-9);
}

/// Random examples over 12 features, each at most once in an example; sizes from `smallest` to 5.
std::vector<std::vector<test::Attribute>> drawn_examples(double smallest = 0) {
  std::vector<std::vector<test::Attribute>> examples(*rc::gen::inRange<std::size_t>(1, 30));
  for (auto& example : examples)
    for (std::uint32_t slot = 0; slot < 12; ++slot)
      if (*rc::gen::inRange(0, 3) > 0) {
        const double size = drawn(smallest, 5);
        example.push_back({slot, static_cast<float>(*rc::gen::element(-size, size))});
      }
  return examples;
}

RC_GTEST_PROP(LinearProperty, DoesNotDependOnTheOrderOfFeatures, ()) {
  const auto examples = drawn_examples();
  const auto forth = test::linear({{"classes", "2"}});
  const auto back = test::linear({{"classes", "2"}});
  double forth_loss = 0, back_loss = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    auto reversed = examples[i];
    std::reverse(reversed.begin(), reversed.end());
    const auto label = static_cast<float>(i % 2);
    forth_loss += forth->learn(test::one_example(examples[i], label)).loss.value();
    back_loss += back->learn(test::one_example(reversed, label)).loss.value();
  }
  // Sums of floats differ in their last digits.
  RC_ASSERT(std::fabs(forth_loss - back_loss) <= 1e-4 * (1 + forth_loss));
}

RC_GTEST_PROP(LinearProperty, DoesNotDependOnTheUnitOfAFeature, ()) {
  // Normalised: a feature in metres or in millimetres gives the same predictions. Values near 0
  // are left out: one that grows 50,000-fold takes the margin to its limit, where the squares of
  // gradients leave the range of a float.
  const auto examples = drawn_examples(0.1);
  const auto metres = test::linear({{"classes", "2"}});
  const auto millimetres = test::linear({{"classes", "2"}});
  double metres_loss = 0, millimetres_loss = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    auto scaled = examples[i];
    for (test::Attribute& attribute : scaled)
      if (attribute.slot == 3) attribute.value *= 1024;
    const auto label = static_cast<float>(i % 2);
    metres_loss += metres->learn(test::one_example(examples[i], label)).loss.value();
    millimetres_loss += millimetres->learn(test::one_example(scaled, label)).loss.value();
  }
  RC_ASSERT(std::fabs(metres_loss - millimetres_loss) <= 1e-4 * (1 + metres_loss));
}

/// The prediction of a model whose labels range from -10 to 10, read off q = 1 - |p - 10| / 20.
double prediction(const Learner& learner, const std::vector<test::Attribute>& example) {
  return 20 * test::scores(learner, test::one_example(example, 10)).q[0] - 10.0;
}

RC_GTEST_PROP(LinearProperty, NeverOvershootsALabelOnceScalesAreKnown, ()) {
  // Whatever was learned before: the prediction ends between what it was and the label. Values are
  // 1 or -1, since a larger value than ever rescales a weight in the middle of the update.
  auto examples = drawn_examples();
  const auto learner = test::linear({{"learning_rate", "20"}});
  learner->learn(test::one_example({}, 10));
  learner->learn(test::one_example({}, -10));
  for (auto& example : examples) {
    for (test::Attribute& attribute : example) attribute.value = attribute.value < 0 ? -1 : 1;
    const double label = drawn(-9, 9);
    const double before = prediction(*learner, example);
    learner->learn(test::one_example(example, static_cast<float>(label)));
    const double after = prediction(*learner, example);
    // q and the weights are floats: 20 * 2^-24, and the sum of a dozen weights of up to 10.
    RC_ASSERT(after >= std::min(before, label) - 1e-4);
    RC_ASSERT(after <= std::max(before, label) + 1e-4);
  }
}

/// Weights of examples, rates and regularisation as large as the options allow, together: sums stay
/// numbers, and so do the answers.
RC_GTEST_PROP(LinearProperty, StaysFiniteWhateverItsOptionsAndWeights, ()) {
  const auto examples = drawn_examples();
  const auto learner =
      test::linear({{"loss", *rc::gen::element<std::string>("squared", "quantile")},
                    {"learning_rate", *rc::gen::element<std::string>("0.5", "1000000")},
                    {"l1", *rc::gen::element<std::string>("0", "0.1", "1")},
                    {"l2", *rc::gen::element<std::string>("0", "0.1", "1")}});
  for (const auto& example : examples) {
    ExampleBatch batch = test::one_example(example, static_cast<float>(drawn(-5, 5)));
    batch.weight[0] = *rc::gen::element(1.0F, 1e6F, 1e17F);
    const LearnSums sums = learner->learn(batch);
    RC_ASSERT(std::isfinite(sums.loss.value()));
    RC_ASSERT(std::isfinite(learner->facts().weight_norm));
    RC_ASSERT(std::isfinite(prediction(*learner, example)));
  }
}

}  // namespace
}  // namespace gradus
