#include "describe/step_axis.h"

namespace gradus {
namespace {

using testing::ElementsAre;

TEST(StepAxis, GivesEveryDoublingTheSameWidth) {
  const StepAxis axis(1024, 16'384);
  EXPECT_DOUBLE_EQ(axis.at(1024), 0);
  EXPECT_DOUBLE_EQ(axis.at(2048), 0.25);
  EXPECT_DOUBLE_EQ(axis.at(8192), 0.75);
  EXPECT_DOUBLE_EQ(axis.at(16'384), 1);
}

TEST(StepAxis, KeepsWhatLiesOutsideAtItsEnds) {
  const StepAxis axis(1024, 16'384);
  EXPECT_DOUBLE_EQ(axis.at(0), 0);
  EXPECT_DOUBLE_EQ(axis.at(1'000'000), 1);
}

TEST(StepAxis, HasOneDoublingAtLeast) {
  EXPECT_DOUBLE_EQ(StepAxis(64, 64).at(128), 1);
  EXPECT_DOUBLE_EQ(StepAxis(0, 0).at(0), 0);
}

TEST(StepAxis, TicksAtRoundSteps) {
  EXPECT_THAT(StepAxis(256, 12'000).ticks(9), ElementsAre(500, 1000, 2000, 5000, 10'000));
}

TEST(StepAxis, TicksAtPowersOfTenWhereThereIsNoRoomForMore) {
  EXPECT_THAT(StepAxis(256, 2'000'000).ticks(9), ElementsAre(1000, 10'000, 100'000, 1'000'000));
}

TEST(StepAxis, TicksMoreFinelyWithinAFewDoublings) {
  EXPECT_THAT(StepAxis(2048, 8192).ticks(9), ElementsAre(3000, 4000, 5000, 7000));
}

TEST(StepAxis, TicksAtBothEndsWhereTheyAreRound) {
  EXPECT_THAT(StepAxis(1000, 10'000).ticks(9), ElementsAre(1000, 2000, 5000, 10'000));
}

TEST(StepAxis, NeverTicksMoreThanItMay) {
  for (const std::size_t most : {1U, 2U, 5U})
    EXPECT_LE(StepAxis(1, 1'000'000'000'000).ticks(most).size(), most);
}

TEST(ShortStep, SaysAStepInFewCharacters) {
  EXPECT_EQ(short_step(0), "0");
  EXPECT_EQ(short_step(640), "640");
  EXPECT_EQ(short_step(1000), "1k");
  EXPECT_EQ(short_step(16'384), "16.4k");
  EXPECT_EQ(short_step(1'500'000), "1.5M");
  EXPECT_EQ(short_step(2'000'000'000), "2G");
}

}  // namespace
}  // namespace gradus
