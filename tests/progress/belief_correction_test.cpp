#include "progress/belief_correction.h"

namespace gradus {
namespace {

Outlook outlook(double one, double two, double four, double ever) {
  return {.reaches = {one, two, four}, .ever = ever, .crossing = {}};
}

// Log odds of 0.85 and 1.64 where both forecasters hold it for a coin: 1/(1 + e^-0.85) = .7006 and
// 1/(1 + e^-1.64) = .8375.
TEST(BeliefCorrection, RaisesWhatBothHoldForACoin) {
  const Outlook out = corrected(outlook(0.5, 0.5, 0.6, 0.95), outlook(0.5, 0.5, 0.5, 0.5));
  EXPECT_NEAR(out.reaches[0], 0.7006, 1e-4);
  EXPECT_NEAR(out.reaches[1], 0.8375, 1e-4);
}

TEST(BeliefCorrection, FollowsTheStraightLine) {
  const Outlook filter = outlook(0.2, 0.3, 0.5, 0.97);
  EXPECT_GT(corrected(filter, outlook(0.9, 0.9, 1, 1)).reaches[0],
            corrected(filter, outlook(0.1, 0.9, 1, 1)).reaches[0]);
}

// 1/(1 + e^-1.68) = .8429 and 1/(1 + e^-2.44) = .9198.
TEST(BeliefCorrection, HasItsOwnWeightsWherePositionsTell) {
  const Outlook coin = outlook(0.5, 0.5, 0.6, 0.95);
  const Outlook out = corrected(coin, coin, coin);
  EXPECT_NEAR(out.reaches[0], 0.8429, 1e-4);
  EXPECT_NEAR(out.reaches[1], 0.9198, 1e-4);
}

TEST(BeliefCorrection, FollowsThePositions) {
  const Outlook filter = outlook(0.2, 0.3, 0.5, 0.97);
  EXPECT_GT(corrected(filter, filter, outlook(0.6, 0.8, 0.9, 0.97)).reaches[0],
            corrected(filter, filter, outlook(0.01, 0.02, 0.1, 0.97)).reaches[0]);
}

// A mean score that rests says never; the positions that still grow say otherwise.
TEST(BeliefCorrection, GetsThereEverByTheLikelierOfScoreAndPositions) {
  const Outlook rests = outlook(0.01, 0.01, 0.01, 0.02);
  const Outlook out = corrected(rests, rests, outlook(0.5, 0.7, 0.9, 0.95));
  EXPECT_EQ(out.ever, 0.95);
  EXPECT_GT(out.reaches[1], 0.02);
  EXPECT_EQ(corrected(outlook(0.5, 0.7, 0.9, 0.95), rests, rests).ever, 0.95);
}

// A task that stands still will hardly get there ever, so not within two doublings either.
TEST(BeliefCorrection, NeverExceedsTheChanceToGetThereEver) {
  const Outlook out = corrected(outlook(0.001, 0.004, 0.01, 0.02), outlook(0, 0, 0, 0));
  for (const double reaches : out.reaches) EXPECT_LE(reaches, 0.02);
  EXPECT_EQ(out.ever, 0.02);
}

TEST(BeliefCorrection, NeverFallsWithTheHorizon) {
  const Outlook out = corrected(outlook(0.9, 0.91, 0.92, 0.97), outlook(1, 0, 0, 0));
  EXPECT_LE(out.reaches[0], out.reaches[1]);
  EXPECT_LE(out.reaches[1], out.reaches[2]);
}

}  // namespace
}  // namespace gradus
