#include "progress/unchanged_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace gradus {
namespace {

Score score_of(TaskIndex task, Step step, double q) {
  Score score;
  score.task = task;
  score.step = step;
  score.sums.items = 4;
  score.sums.q = q;
  score.sums.q_squared = q * q;
  score.exact_bits = {5};
  return score;
}

/// Snapshots of two tasks.
class UnchangedModelTest : public ::testing::Test {
 protected:
  void probe(Step step, double first, double second) {
    model_.add(std::vector{score_of(0, step, first), score_of(1, step, second)});
  }
  UnchangedModel model_{2};
};

TEST_F(UnchangedModelTest, IsFoundAtTheThirdSnapshotWithTheSameScores) {
  probe(100, 1, 2);
  probe(110, 1.5, 2.5);
  probe(120, 1.5, 2.5);
  probe(130, 1.5, 2.5);
  EXPECT_TRUE(model_.suspected());
  EXPECT_EQ(model_.since(), std::nullopt) << "two snapshots after step 110";
  probe(140, 1.5, 2.5);
  EXPECT_EQ(model_.since(), 110u);
}

TEST_F(UnchangedModelTest, IsNoneWhereOneTaskStandsStillAndAnotherMoves) {
  for (Step step = 100; step < 200; step += 10) probe(step, 1.5, static_cast<double>(step));
  EXPECT_EQ(model_.since(), std::nullopt);
}

TEST_F(UnchangedModelTest, EndsWithTheFirstScoreThatDiffersInItsLastBit) {
  for (Step step = 100; step < 200; step += 10) probe(step, 1.5, 2.5);
  ASSERT_EQ(model_.since(), 100u);
  probe(200, std::nextafter(1.5, 2.0), 2.5);
  EXPECT_EQ(model_.since(), std::nullopt);
  EXPECT_FALSE(model_.suspected());
}

TEST_F(UnchangedModelTest, WaitsForTheTasksThatAreProbedMoreThinly) {
  probe(100, 1.5, 2.5);
  for (Step step = 110; step < 160; step += 10) model_.add(std::vector{score_of(0, step, 1.5)});
  EXPECT_EQ(model_.since(), std::nullopt) << "of the second task nobody knows";
  probe(160, 1.5, 2.5);
  EXPECT_EQ(model_.since(), 100u);
}

TEST_F(UnchangedModelTest, IsNotToldFromScoresThatAreNoNumbers) {
  for (Step step = 100; step < 200; step += 10) probe(step, 1.5, std::nan(""));
  EXPECT_EQ(model_.since(), std::nullopt);
}

TEST_F(UnchangedModelTest, IsNotToldFromScoresWithoutItems) {
  for (Step step = 100; step < 200; step += 10) {
    Score bare = score_of(0, step, 1.5);
    bare.exact_bits.clear();
    model_.add(std::vector{bare});
  }
  EXPECT_EQ(model_.since(), std::nullopt);
}

}  // namespace
}  // namespace gradus
