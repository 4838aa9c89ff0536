// Parity with Vowpal Wabbit 9.11 on four small generated streams. The numbers in
// data/vw/reference.tsv are what its command line printed; the same options are given here.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/options.h"
#include "learner/learner.h"
#include "tests/learner/vw_text.h"

namespace gradus {
namespace {

using Settings = std::map<std::string, std::string>;

std::unique_ptr<Learner> make_linear_learner(const Settings& settings) {
  Options options("learner");
  for (const auto& [key, value] : settings) options.set(key, value, "test");
  auto made = find_learner("linear")->make(options, LearnerSetup{});
  EXPECT_TRUE(made.has_value() && options.finish().has_value());
  return std::move(*made);
}

/// Vowpal Wabbit's progressive figures.
struct Progress {
  double average_loss = 0;  ///< weighted by importance
  double error_rate = 0;
  std::vector<double> losses;  ///< of each example
};

Progress learn_stream(const std::vector<test::VwExample>& stream, const Settings& settings,
                      const std::function<float(double)>& label) {
  const auto learner = make_linear_learner(settings);
  Progress progress;
  double weight = 0;
  ExampleBatch batch;
  for (const test::VwExample& example : stream) {
    batch.clear();
    test::append(example, label(example.label), batch);
    const LearnSums sums = learner->learn(batch);
    progress.losses.push_back(sums.loss.value());
    progress.average_loss += sums.loss.value() * example.importance;
    progress.error_rate += sums.correct == 1 ? 0 : 1;
    weight += example.importance;
  }
  progress.average_loss /= weight;
  progress.error_rate /= static_cast<double>(stream.size());
  return progress;
}

std::vector<test::VwExample> stream_named(const std::string& name) {
  return test::read_vw_file("tests/learner/data/vw/" + name + ".vw.gz");
}

float sign_to_class(double label) { return label > 0 ? 1.0F : 0.0F; }
float as_number(double label) { return static_cast<float>(label); }
float from_one(double label) { return static_cast<float>(label - 1); }

/// The margin of a logistic loss ln(1 + e^-yp) that was met at an example with this label.
double margin_of(double loss, double y) { return -y * std::log(std::expm1(loss)); }

TEST(LinearParity, HashesFeaturesAsVowpalWabbitDoes) {
  const std::uint32_t mask = (1U << 18) - 1;
  EXPECT_EQ(test::vw_index("user", "age") & mask, 23567U);
  EXPECT_EQ(test::vw_index("user", "city=paris") & mask, 236971U);
  EXPECT_EQ(test::vw_index("user", "country:fr") & mask, 70261U);
  EXPECT_EQ(test::vw_index("item", "42") & mask, 143144U);
  EXPECT_EQ(test::vw_index("item", "price") & mask, 57086U);
  EXPECT_EQ(test::vw_index("", "bare") & mask, 35848U);
}

struct Case {
  std::string name;
  std::string stream;
  Settings settings;
  float (*label)(double);
  double average_loss;  ///< Vowpal Wabbit's
};

void PrintTo(const Case& value, std::ostream* out) { *out << value.name; }

class LinearLossParity : public testing::TestWithParam<Case> {};

TEST_P(LinearLossParity, AverageLossIsVowpalWabbits) {
  const Progress progress =
      learn_stream(stream_named(GetParam().stream), GetParam().settings, GetParam().label);
  ASSERT_EQ(progress.losses.size(), 4000U);
  // Vowpal Wabbit computes in single precision with a 12-bit inverse root.
  EXPECT_NEAR(progress.average_loss, GetParam().average_loss, 1e-4);
}

INSTANTIATE_TEST_SUITE_P(
    Streams, LinearLossParity,
    testing::Values(
        Case{"Logistic", "binary", {{"loss", "logistic"}}, sign_to_class, 0.659134},
        Case{"LogisticTenBits",
             "binary",
             {{"loss", "logistic"}, {"bits", "10"}},
             sign_to_class,
             0.665298},
        Case{"LogisticL1L2",
             "binary",
             {{"loss", "logistic"}, {"l1", "1e-6"}, {"l2", "1e-6"}},
             sign_to_class,
             0.659193},
        Case{"Hinge", "binary", {{"loss", "hinge"}}, sign_to_class, 0.846680},
        Case{"WeightedLogistic", "weighted", {{"loss", "logistic"}}, sign_to_class, 0.684923},
        Case{"WeightedHinge", "weighted", {{"loss", "hinge"}}, sign_to_class, 0.856604},
        Case{"Squared", "squared", {}, as_number, 1.968675},
        Case{"Quantile",
             "squared",
             {{"loss", "quantile"}, {"quantile_tau", "0.3"}},
             as_number,
             0.275354}),
    [](const auto& tested) { return tested.param.name; });

TEST(LinearParity, LearnsInteractionsAsVowpalWabbitDoes) {
  std::vector<test::VwExample> stream = stream_named("binary");
  for (test::VwExample& example : stream) test::cross(example, 'a', 'b');
  const Progress progress = learn_stream(stream, {{"loss", "logistic"}}, sign_to_class);
  EXPECT_NEAR(progress.average_loss, 0.678523, 1e-4);
}

TEST(LinearParity, PredictsTheMarginsThatVowpalWabbitPrints) {
  const std::vector<test::VwExample> stream = stream_named("binary");
  const Progress progress = learn_stream(stream, {{"loss", "logistic"}}, sign_to_class);
  const auto margin = [&](std::size_t i) { return margin_of(progress.losses[i], stream[i].label); };
  EXPECT_NEAR(margin(99), -0.563491, 1e-3);
  EXPECT_NEAR(margin(999), -0.657477, 1e-3);
  EXPECT_NEAR(margin(3999), 0.260684, 1e-3);
}

TEST(LinearParity, OneAgainstAllErrsAsOftenAsVowpalWabbit) {
  const std::vector<test::VwExample> stream = stream_named("classes");
  const Settings logistic = {{"classes", "5"}, {"loss", "logistic"}};
  // An error is a count of 4000: near ties may fall either way in single precision.
  EXPECT_NEAR(learn_stream(stream, logistic, from_one).error_rate, 0.442000, 5e-4);
  const Settings squared = {{"classes", "5"}, {"loss", "squared"}};
  EXPECT_NEAR(learn_stream(stream, squared, from_one).error_rate, 0.455250, 5e-4);
}

TEST(LinearParity, OneAgainstAllWithInteractionsErrsAsOftenAsVowpalWabbit) {
  std::vector<test::VwExample> stream = stream_named("classes");
  for (test::VwExample& example : stream) test::cross(example, 'n', 's');
  const Settings logistic = {{"classes", "5"}, {"loss", "logistic"}};
  EXPECT_NEAR(learn_stream(stream, logistic, from_one).error_rate, 0.465000, 1.25e-3);
}

}  // namespace
}  // namespace gradus
