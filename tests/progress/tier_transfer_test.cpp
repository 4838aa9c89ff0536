#include "progress/tier_transfer.h"

#include <array>
#include <cmath>
#include <vector>

#include "progress/tracker.h"
#include "tests/progress/score_builder.h"

namespace gradus {
namespace {

// Variances of (.4 + .1)^2 = .25 each, so the gap of the two is known to .25 + .25 + .5 = 1 against
// a prior of 2.25: it counts for 2.25 / 3.25 and leaves 2.25 / 3.25 of variance.
TEST(TierTransfer, ExpectsTheNextTierAsFarAboveAsTheLastTwoLieApart) {
  const Midpoint as_expected = expected_midpoint({10, 0.4}, {8, 0.4});
  EXPECT_NEAR(as_expected.mean, 12, 1e-9);
  EXPECT_NEAR(as_expected.deviation, std::sqrt(0.25 + 2.25 / 3.25 + 0.5), 1e-9);
  const Midpoint farther = expected_midpoint({11.3, 0.4}, {8, 0.4});
  EXPECT_NEAR(farther.mean, 11.3 + 2 + 1.3 * 2.25 / 3.25, 1e-9);
}

TEST(TierTransfer, LearnsNothingFromTiersThatAreUnknown) {
  const Midpoint expected = expected_midpoint({20, 100}, {8, 100});
  EXPECT_NEAR(expected.mean, 22, 0.01);
  EXPECT_GT(expected.deviation, 100);
}

// Within: (.09 + .16) / 2; between: 1.
TEST(TierTransfer, PutsATiersMidpointInTheMiddleOfItsTasks) {
  const std::vector<Midpoint> tasks{{10, 0.3}, {12, 0.4}};
  const auto tier = tier_midpoint(tasks);
  ASSERT_TRUE(tier);
  EXPECT_NEAR(tier->mean, 11, 1e-9);
  EXPECT_NEAR(tier->deviation, std::sqrt(1.125), 1e-9);
  EXPECT_FALSE(tier_midpoint({}));
}

/// A ladder of three tiers of one task each.
Ladder three_tiers() {
  Ladder ladder = test::ladder_of(3);
  ladder.tiers = {{"first", "", {0}}, {"second", "", {1}}, {"third", "", {2}}};
  for (TaskIndex task = 0; task < 3; ++task) ladder.tasks[task].tier = task;
  return ladder;
}

double level(double u, double midpoint) { return 0.2 + 0.8 / (1 + std::exp(midpoint - u)); }

/// The report on a third tier of midpoint 18 when it begins to rise.
ProgressReport report_of(double first_midpoint, double second_midpoint) {
  Tracker tracker(three_tiers(), {});
  const std::array<double, 3> midpoints{first_midpoint, second_midpoint, 18};
  for (int probe = 0; probe <= 160; ++probe) {
    const double u = 12 + probe / 40.0;
    std::vector<Score> scores;
    for (TaskIndex task = 0; task < 3; ++task)
      scores.push_back(test::score_of({.task = task,
                                       .step = static_cast<Step>(std::exp2(u)),
                                       .q = level(u, midpoints[task]),
                                       .q_sd = 0.1}));
    tracker.update(scores);
  }
  return *tracker.report();
}

TEST(TierTransfer, LetsTheTwoLowerTiersShapeAForecast) {
  // Tiers at 13 and 14 let the next be expected near 15; at 10 and 15, near 19.
  const ProgressReport near = report_of(13, 14), far = report_of(10, 15);
  ASSERT_TRUE(near.tasks[2].forecast && far.tasks[2].forecast);
  ASSERT_TRUE(near.tasks[2].forecast->examples_to_target);
  ASSERT_TRUE(far.tasks[2].forecast->examples_to_target);
  EXPECT_LT(near.tasks[2].forecast->examples_to_target->p50,
            far.tasks[2].forecast->examples_to_target->p50);
}

TEST(TierTransfer, NeedsTwoLowerTiers) {
  // The same curves of the upper two tiers alone: what the lower says is not used.
  const auto forecast_of = [](double lower_midpoint) {
    Ladder ladder = three_tiers();
    Tracker tracker(ladder, {});
    for (int probe = 0; probe <= 200; ++probe) {
      const double u = 12 + probe / 40.0;
      std::vector<Score> scores;
      for (TaskIndex task = 0; task < 2; ++task)
        scores.push_back(test::score_of({.task = task,
                                         .step = static_cast<Step>(std::exp2(u)),
                                         .q = level(u, task == 0 ? lower_midpoint : 18),
                                         .q_sd = 0.1}));
      tracker.update(scores);
    }
    return tracker.report()->tasks[1].forecast;
  };
  const auto one = forecast_of(14), other = forecast_of(17);
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->belief_ever, other->belief_ever);
}

}  // namespace
}  // namespace gradus
