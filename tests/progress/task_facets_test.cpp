#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "progress/tracker.h"
#include "tests/progress/score_builder.h"

// What the facets of a task add to what is said of it: the part that switched on while the whole
// grew bit by bit, and a belief that knows the position which is still missing.

namespace gradus {
namespace {

using Curve = std::function<double(double)>;
using Facets = std::vector<std::pair<std::string, Curve>>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// From 0.1 to 0.95 around `u`, nine tenths of it within so many doublings.
Curve rise(double u, double doublings) {
  return [=](double at) { return 0.1 + 0.85 * sigmoid(5.9 * (at - u) / doublings); };
}

/// A task as it stands at 40 probes a doubling up to ten.
TaskProgress task_of(const Curve& whole, const Facets& facets, double until = 10,
                     double target = 0.9) {
  Ladder ladder = test::ladder_of(1);
  ladder.tasks[0].target = target;
  Tracker tracker(ladder, {});
  for (int t = 0; t <= std::lround(40 * until); ++t) {
    const double u = t / 40.0, q = whole(u);
    Score score = test::score_of({.step = static_cast<Step>(std::llround(1024 * std::exp2(u))),
                                  .q = q,
                                  .exact = static_cast<unsigned>(128 * q)});
    for (const auto& [name, curve] : facets)
      score.facets.push_back({name, {.items = 128, .q = 128 * curve(u)}});
    tracker.update({&score, 1});
  }
  return tracker.report()->tasks[0];
}

TEST(TaskFacets, TheOneThatSwitchedOnIsNamedWhereTheWholeGrewBitByBit) {
  const TaskProgress task = task_of(rise(5, 5), {{"tens", rise(4, 4)}, {"units", rise(6, 0.2)}});
  EXPECT_EQ(task.threshold->kind, ThresholdKind::kContinuous);
  EXPECT_EQ(task.switched_on, "units");
}

TEST(TaskFacets, TheNarrowestIsNamedWhereSeveralSwitchedOn) {
  const TaskProgress task =
      task_of(rise(5, 5), {{"tens", rise(4, 0.4)}, {"units", rise(6, 0.2)}, {"end", rise(5, 0.3)}});
  EXPECT_EQ(task.switched_on, "units");
}

TEST(TaskFacets, NoneIsNamedWhereAllGrewBitByBitOrTheWholeCameAtOnce) {
  EXPECT_EQ(task_of(rise(5, 5), {{"tens", rise(4, 4)}, {"units", rise(6, 1)}}).switched_on, "");
  const TaskProgress jump = task_of(rise(5, 0.15), {{"units", rise(5, 0.15)}});
  EXPECT_EQ(jump.threshold->kind, ThresholdKind::kRealJump);
  EXPECT_EQ(jump.switched_on, "");
}

// The same mean scores, sqrt(.1 tens): in one run both positions rise alike, in the other the tens
// have nothing left to give and the units are at chance.
TEST(TaskFacets, APositionAtChanceLowersTheBeliefInTheWhole) {
  const auto tens = [](double u) { return 0.4 + 0.57 * u / 3; };
  const auto chance = [](double) { return 0.1; };
  const auto whole = [=](double u) { return std::sqrt(chance(u) * tens(u)); };
  const TaskProgress even = task_of(whole, {{"tens", whole}, {"units", whole}}, 3, 0.34);
  const TaskProgress stuck = task_of(whole, {{"tens", tens}, {"units", chance}}, 3, 0.34);
  ASSERT_TRUE(even.forecast && stuck.forecast);
  EXPECT_LT(stuck.forecast->belief, even.forecast->belief);
}

TEST(TaskFacets, TagsOfItemsDoNotEnterTheBelief) {
  const auto whole = [](double u) { return 0.2 + 0.1 * u; };
  const auto chance = [](double) { return 0.1; };
  const TaskProgress plain = task_of(whole, {}, 5);
  const TaskProgress tagged = task_of(whole, {{"carry", chance}, {"no_carry", whole}}, 5);
  ASSERT_TRUE(plain.forecast && tagged.forecast);
  EXPECT_EQ(tagged.forecast->belief, plain.forecast->belief);
}

}  // namespace
}  // namespace gradus
