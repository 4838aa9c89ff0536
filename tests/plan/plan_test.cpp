#include "plan/plan.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <ostream>
#include <string>

#include "progress/bands.h"

namespace gradus {
namespace {

Plan delays_of(const PlanOptions& options) {
  return make_plan(options, PlanDepth::kDelays).value();
}

struct BadOption {
  const char* name;
  std::function<void(PlanOptions&)> spoil;
};

void PrintTo(const BadOption& bad, std::ostream* out) { *out << bad.name; }

class BadPlan : public ::testing::TestWithParam<BadOption> {};

TEST_P(BadPlan, IsRefusedInOneLineThatNamesTheOption) {
  PlanOptions options;
  GetParam().spoil(options);
  const auto plan = make_plan(options);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(plan.error().message,
              ::testing::StartsWith(std::string(GetParam().name) + ": a number from "));
  EXPECT_THAT(plan.error().message, ::testing::Not(::testing::HasSubstr("\n")));
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

INSTANTIATE_TEST_SUITE_P(
    Options, BadPlan,
    ::testing::Values(
        BadOption{"items", [](PlanOptions& o) { o.items = 0; }},
        BadOption{"floor", [](PlanOptions& o) { o.floor = -0.1; }},
        BadOption{"target", [](PlanOptions& o) { o.floor = 0.5, o.target = 0.5; }},
        BadOption{"target", [](PlanOptions& o) { o.target = 1; }},
        BadOption{"rate", [](PlanOptions& o) { o.rate = 0; }},
        BadOption{"rate", [](PlanOptions& o) { o.rate = kNan; }},
        BadOption{"loss", [](PlanOptions& o) { o.loss = 0.5; }},
        BadOption{"within", [](PlanOptions& o) { o.within = 0; }},
        BadOption{"noise", [](PlanOptions& o) { o.noise = -0.01; }},
        BadOption{"autocorrelation", [](PlanOptions& o) { o.autocorrelation = 1; }},
        BadOption{"item-noise", [](PlanOptions& o) { o.item_noise = 2; }},
        BadOption{"item-autocorrelation", [](PlanOptions& o) { o.item_autocorrelation = -1; }},
        BadOption{"item-sd", [](PlanOptions& o) { o.item_sd = 0.51; }},
        BadOption{"per-doubling", [](PlanOptions& o) { o.probes_per_doubling = 3; }},
        BadOption{"planned-probes", [](PlanOptions& o) { o.planned_probes = 0; }},
        BadOption{"tasks", [](PlanOptions& o) { o.tasks = 0; }},
        BadOption{"false-alarms", [](PlanOptions& o) { o.false_alarms_per_run = 1; }}));

TEST(Plan, IsTheSameForTheSameOptions) {
  const Plan once = delays_of({}), again = delays_of({});
  EXPECT_EQ(once.stall.median, again.stall.median);
  EXPECT_EQ(once.loss.p90, again.loss.p90);
  EXPECT_EQ(once.progress.found, again.progress.found);
}

TEST(Plan, DecidesACommonTask) {
  const Plan plan = delays_of({.noise = 0.01});
  EXPECT_TRUE(plan.decidable);
  EXPECT_EQ(plan.obstacle, Obstacle::kNone);
  EXPECT_EQ(plan.fewest_probes_per_doubling, std::nullopt);
}

TEST(Plan, GivesNoTimeByWhichTooFewAreFound) {
  const Plan plan = delays_of({.within = 0.5});
  EXPECT_LT(plan.stall.found, 0.5);
  EXPECT_EQ(plan.stall.median, std::nullopt);
  EXPECT_EQ(plan.stall.p90, std::nullopt);
}

TEST(Plan, CallsProgressAsSlowAsAStallUndecidable) {
  const Plan plan = delays_of({.rate = 0.02, .noise = 0});
  EXPECT_FALSE(plan.decidable);
  EXPECT_EQ(plan.obstacle, Obstacle::kSlowerThanStall);
}

TEST(Plan, SuggestsAsManyItemsAsDecideTheRate) {
  PlanOptions options{.items = 8, .rate = 0.06, .noise = 0.005};
  const Plan few = delays_of(options);
  ASSERT_FALSE(few.decidable);
  EXPECT_EQ(few.obstacle, Obstacle::kItems);
  ASSERT_TRUE(few.fewest_items.has_value());
  EXPECT_GT(*few.fewest_items, 8u);
  // A search looks at fewer runs: twice the number it finds is sure to do.
  options.items = 2 * *few.fewest_items;
  EXPECT_TRUE(delays_of(options).decidable);
}

TEST(Plan, SaysWhereNoNumberOfItemsHelps) {
  const Plan plan = delays_of({.rate = 0.05, .noise = 0.15, .autocorrelation = 0.8});
  EXPECT_FALSE(plan.decidable);
  EXPECT_EQ(plan.obstacle, Obstacle::kNoise);
  EXPECT_EQ(plan.fewest_items, std::nullopt);
  EXPECT_EQ(plan.fewest_probes_per_doubling, std::nullopt);
}

TEST(Plan, SuggestsCloserProbesWhereTheyAreWhatIsMissing) {
  const Plan plan = delays_of(
      {.rate = 0.15, .within = 2, .noise = 0.02, .autocorrelation = 0, .probes_per_doubling = 8});
  EXPECT_FALSE(plan.decidable);
  EXPECT_EQ(plan.obstacle, Obstacle::kSchedule);
  EXPECT_GT(plan.fewest_probes_per_doubling.value_or(0), 8);
}

// 20 items of a task whose form alone gives 0.707: halfway to the change their score is not surely
// above that, so the task is called learning later, or not before the change at all.
TEST(Plan, CountsWhatItTakesToLeaveTheFloor) {
  PlanOptions few{.items = 20, .floor = 0.707, .loss = 0.05, .noise = 0.005, .item_sd = 0.14};
  PlanOptions many = few;
  many.items = 500;
  EXPECT_LT(one_look(0.76, 0.14, 20).lower, few.floor);
  EXPECT_GT(one_look(0.76, 0.14, 500).lower, few.floor);
  EXPECT_LT(delays_of(few).progress.found, delays_of(many).progress.found);
}

TEST(Plan, KnowsTheScoreThatCountsAsMastered) {
  const Plan plan = delays_of({.items = 128, .target = 0.9});
  ASSERT_TRUE(plan.mastered_from.has_value());
  EXPECT_NEAR(wilson(*plan.mastered_from, 128).lower, 0.9, 1e-9);
  // Wilson's half width at 64 of 128: (0.585348 - 0.414652) / 2, from the reference table.
  EXPECT_NEAR(plan.half_width, 0.085348, 1e-6);
}

TEST(Plan, KnowsWhereNothingCountsAsMastered) {
  // m / (m + z^2) >= 0.9 from m = 9 z^2 = 34.57 on.
  const Plan few = delays_of({.items = 34}), enough = delays_of({.items = 35});
  EXPECT_EQ(few.mastered_from, std::nullopt);
  EXPECT_EQ(few.items_to_master, 35u);
  EXPECT_TRUE(enough.mastered_from.has_value());
}

// A rise within a few probes leaves a noise in memory that hides any fall from the detector: three
// probes surely below the target tell it.
TEST(Plan, FindsALargeLossOfAMasteredTaskThatRoseWithinAFewProbes) {
  const auto loss =
      make_plan({.rate = 1, .loss = 0.45, .probes_per_doubling = 10}).value().mastered_loss;
  ASSERT_TRUE(loss);
  EXPECT_EQ(loss->found, 1);
  EXPECT_DOUBLE_EQ(*loss->median, 3 / 10.0);
  EXPECT_DOUBLE_EQ(*loss->p90, 3 / 10.0);
}

// 36 items count as mastered from .9 + 1.96 sqrt(.09 / 36) = .998 on, where a curve is almost flat.
TEST(Plan, FollowsACurveUpToWhereItCountsAsMastered) {
  const auto loss = make_plan({.items = 36, .rate = 0.3, .loss = 0.4}).value().mastered_loss;
  ASSERT_TRUE(loss);
  EXPECT_GT(loss->found, 0.9);
}

TEST(Plan, HasNoMasteredLossWhereGrowthIsTooSlowForMastery) {
  const Plan plan = make_plan({.items = 36, .rate = 0.03}).value();
  EXPECT_TRUE(plan.mastered_from);
  EXPECT_FALSE(plan.mastered_loss);
}

TEST(Plan, HasNoMasteredLossWhereNothingCountsAsMastered) {
  EXPECT_FALSE(make_plan({.items = 20, .noise = 0.01}).value().mastered_loss);
}

TEST(Plan, FindsTheLimitsOfARate) {
  const PlanOptions options{.noise = 0.01};
  const Plan plan = make_plan(options).value();
  ASSERT_TRUE(plan.decidable);
  ASSERT_TRUE(plan.slowest_rate && plan.smallest_loss && plan.fewest_items);
  EXPECT_LE(*plan.slowest_rate, options.rate);
  EXPECT_LE(*plan.fewest_items, options.items);
  // What is found of a smaller rate must be less.
  const Plan slower = delays_of({.rate = *plan.slowest_rate / 1.5, .noise = 0.01});
  EXPECT_FALSE(slower.decidable);
}

}  // namespace
}  // namespace gradus
