#include "describe/milestones.h"

namespace gradus {
namespace {

std::vector<CurvePoint> curve(const std::vector<double>& scores) {
  std::vector<CurvePoint> points;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    CurvePoint& point = points.emplace_back();
    point.step = 100 * (i + 1);
    point.own_step = 10 * (i + 1);
    point.last = scores[i];
  }
  return points;
}

Milestones halfway(Step step, Step own_step) { return {Moment{step, own_step}, {}, {}}; }

TEST(Milestones, ReachALevelAtTheFirstOfThreeInARow) {
  const auto reached = first_reached(curve({0.1, 0.6, 0.7, 0.8}), 0.5);
  ASSERT_TRUE(reached);
  EXPECT_EQ(reached->step, 200u);
  EXPECT_EQ(reached->own_step, 20u);
}

TEST(Milestones, TakeALuckyProbeForNone) {
  const auto reached = first_reached(curve({0.6, 0.6, 0.4, 0.5, 0.5, 0.5}), 0.5);
  ASSERT_TRUE(reached);
  EXPECT_EQ(reached->step, 400u);
}

TEST(Milestones, AreNotReachedByTwoScoresAtTheEnd) {
  EXPECT_FALSE(first_reached(curve({0.1, 0.6, 0.7}), 0.5));
  EXPECT_FALSE(first_reached({}, 0.5));
}

TEST(LearningOrder, PutsTheFirstHalfwayFirstAndTheOthersLast) {
  const std::vector<Milestones> tasks = {Milestones{}, halfway(800, 100), halfway(100, 10),
                                         Milestones{}};
  const auto order = learning_order(tasks);
  ASSERT_EQ(order.size(), 4u);
  EXPECT_EQ(order[0].task, 2u);
  EXPECT_EQ(order[1].task, 1u);
  EXPECT_EQ(order[2].task, 0u);
  EXPECT_EQ(order[3].task, 3u);
  EXPECT_EQ(order[3].lateness, Lateness::kNotReached);
}

TEST(LearningOrder, CountsDelaysInDoublingsOnBothClocks) {
  const auto order = learning_order(std::vector{halfway(100, 50), halfway(1600, 100)});
  EXPECT_DOUBLE_EQ(order[1].doublings_later, 4);
  EXPECT_DOUBLE_EQ(order[1].own_doublings_later, 1);
}

struct Case {
  Step step, own_step;
  Lateness expected;
};

class LatenessOf : public testing::TestWithParam<Case> {};

// The first task is halfway after 1,024 examples, 1,024 of its own.
TEST_P(LatenessOf, IsJudgedOnBothClocks) {
  const auto order = learning_order(
      std::vector{halfway(1024, 1024), halfway(GetParam().step, GetParam().own_step)});
  EXPECT_EQ(order[1].lateness, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Delays, LatenessOf,
                         testing::Values(Case{1500, 1500, Lateness::kEarly},         // 0.55, 0.55
                                         Case{65'536, 1024, Lateness::kMerelyRare},  // 6, 0
                                         Case{65'536, 512, Lateness::kMerelyRare},   // 6, -1
                                         Case{65'536, 2500, Lateness::kMerelyRare},  // 6, 1.3
                                         Case{65'536, 8192, Lateness::kPartlyRare},  // 6, 3
                                         Case{65'536, 32'768, Lateness::kNeedsMore}  // 6, 5
                                         ));

TEST(LearningOrder, OfNothingIsNothing) { EXPECT_TRUE(learning_order({}).empty()); }

}  // namespace
}  // namespace gradus
