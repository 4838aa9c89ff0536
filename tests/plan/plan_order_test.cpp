#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"

// What is easier for a learner must not look harder in its plan.

namespace gradus {
namespace {

/// What an easier task must not make worse. The runs share their fluctuations; the standard error
/// of a share of 1,000 is 0.016 at most.
void expect_no_worse(const Plan& easier, const Plan& harder, const std::string& what) {
  constexpr double kNever = 99;
  EXPECT_GE(easier.stall.found, harder.stall.found - 0.04) << what;
  EXPECT_GE(easier.fall.found, harder.fall.found - 0.04) << what;
  EXPECT_LE(easier.stall.median.value_or(kNever), harder.stall.median.value_or(kNever) * 1.05)
      << what;
  EXPECT_LE(easier.fall.median.value_or(kNever), harder.fall.median.value_or(kNever) * 1.05)
      << what;
}

template <typename Value>
void expect_ever_better(Value PlanOptions::*option, const std::vector<Value>& easier_and_easier) {
  PlanOptions options{.rate = 0.08, .noise = 0.01};
  std::optional<Plan> before;
  for (const Value value : easier_and_easier) {
    options.*option = value;
    const Plan plan = make_plan(options, PlanDepth::kDelays).value();
    if (before) expect_no_worse(plan, *before, std::to_string(value));
    before = plan;
  }
}

TEST(PlanOrder, MoreItemsAreNoWorse) {
  expect_ever_better<std::uint32_t>(&PlanOptions::items, {8, 24, 64, 128, 512, 2048});
}

TEST(PlanOrder, LessNoiseIsNoWorse) {
  expect_ever_better<double>(&PlanOptions::noise, {0.08, 0.04, 0.02, 0.01, 0});
}

// Above 0.8 the noise is underestimated, and alarms of both kinds come sooner.
TEST(PlanOrder, LessAutocorrelationIsNoWorse) {
  expect_ever_better<double>(&PlanOptions::autocorrelation, {0.8, 0.6, 0.3, 0});
}

TEST(PlanOrder, FewerTasksThatShareTheBudgetAreNoWorse) {
  expect_ever_better<unsigned>(&PlanOptions::tasks, {1000, 100, 10, 1});
}

TEST(PlanOrder, TheItemsItNamesDecideAndAThirdOfThemDoNot) {
  PlanOptions options{.items = 1000, .rate = 0.06, .noise = 0.01};
  const Plan plan = make_plan(options).value();
  ASSERT_TRUE(plan.decidable && plan.fewest_items);
  options.items = *plan.fewest_items * 3 / 2;  // a search looks at a third of the runs
  EXPECT_TRUE(make_plan(options, PlanDepth::kDelays)->decidable);
  options.items = *plan.fewest_items / 3;
  EXPECT_FALSE(make_plan(options, PlanDepth::kDelays)->decidable);
}

}  // namespace
}  // namespace gradus
