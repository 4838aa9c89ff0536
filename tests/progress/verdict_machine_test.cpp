#include "progress/verdict_machine.h"

namespace gradus {
namespace {

constexpr double kTarget = 0.9;

/// Signals of a quiet probe at a score above the floor.
Signals quiet(double score) {
  return {.score = score, .wilson_lower = score - 0.05, .above_floor = true};
}

Signals with_progress(double score) {
  Signals signals = quiet(score);
  signals.progress = true;
  return signals;
}

Signals with_stall(double score) {
  Signals signals = quiet(score);
  signals.stall = true;
  return signals;
}

Signals with_regress(double score) {
  Signals signals = quiet(score);
  signals.regress = true;
  return signals;
}

VerdictMachine learning() {
  VerdictMachine machine(kTarget);
  machine.next(with_progress(0.4));
  return machine;
}

VerdictMachine mastered() {
  VerdictMachine machine(kTarget);
  for (int i = 0; i < 3; ++i) machine.next(quiet(0.97));
  return machine;
}

TEST(Verdict, IsDormantUntilProgressIsFound) {
  VerdictMachine machine(kTarget);
  EXPECT_EQ(machine.next(quiet(0.5)), Verdict::kDormant);
  EXPECT_EQ(machine.next(with_progress(0.5)), Verdict::kLearning);
}

TEST(Verdict, IsDormantUntilTheScoreIsAboveTheFloor) {
  VerdictMachine machine(kTarget);
  Signals on_the_floor = with_progress(0.2);
  on_the_floor.above_floor = false;
  EXPECT_EQ(machine.next(on_the_floor), Verdict::kDormant);
  EXPECT_EQ(machine.next(quiet(0.3)), Verdict::kLearning);  // progress was found before
}

TEST(Verdict, NeitherStallsNorRegressesWhileDormant) {
  VerdictMachine machine(kTarget);
  EXPECT_EQ(machine.next(with_stall(0.2)), Verdict::kDormant);
  EXPECT_EQ(machine.next(with_regress(0.2)), Verdict::kDormant);
}

TEST(Verdict, StaysStalledUntilProgressIsFoundAgain) {
  VerdictMachine machine = learning();
  EXPECT_EQ(machine.next(with_stall(0.5)), Verdict::kStalled);
  EXPECT_EQ(machine.next(quiet(0.7)), Verdict::kStalled);
  EXPECT_EQ(machine.next(with_progress(0.7)), Verdict::kLearning);
}

TEST(Verdict, StaysRegressingUntilProgressIsFoundAgain) {
  VerdictMachine machine = learning();
  EXPECT_EQ(machine.next(with_regress(0.5)), Verdict::kRegressing);
  EXPECT_EQ(machine.next(with_stall(0.5)), Verdict::kRegressing);
  EXPECT_EQ(machine.next(quiet(0.7)), Verdict::kRegressing);
  EXPECT_EQ(machine.next(with_progress(0.7)), Verdict::kLearning);
}

TEST(Verdict, StalledTurnsIntoRegressing) {
  VerdictMachine machine = learning();
  machine.next(with_stall(0.5));
  EXPECT_EQ(machine.next(with_regress(0.4)), Verdict::kRegressing);
}

TEST(Verdict, NeverStallsAtTheTarget) {
  VerdictMachine machine = learning();
  EXPECT_EQ(machine.next(with_stall(0.9)), Verdict::kLearning);
  EXPECT_EQ(machine.next(with_stall(0.89)), Verdict::kStalled);
  EXPECT_EQ(machine.next(quiet(0.9)), Verdict::kLearning);
}

TEST(Verdict, IsMasteredAfterThreeSureProbesInARow) {
  VerdictMachine machine = learning();
  machine.next(quiet(0.97));
  machine.next(quiet(0.97));
  EXPECT_EQ(machine.next(quiet(0.94)), Verdict::kLearning);  // lower bound 0.89: from the start
  machine.next(quiet(0.97));
  machine.next(quiet(0.97));
  EXPECT_EQ(machine.next(quiet(0.96)), Verdict::kMastered);
}

TEST(Verdict, IsMasteredAtOnceWherePeekSafe) {
  VerdictMachine machine(kTarget);
  Signals sure = quiet(0.97);
  sure.peek_safe_lower = 0.91;
  EXPECT_EQ(machine.next(sure), Verdict::kMastered);
}

TEST(Verdict, MasteredStaysThroughStallsAndDips) {
  VerdictMachine machine = mastered();
  EXPECT_EQ(machine.next(with_stall(0.97)), Verdict::kMastered);
  EXPECT_EQ(machine.next(quiet(0.85)), Verdict::kMastered);
  EXPECT_EQ(machine.next(with_regress(0.85)), Verdict::kRegressing);
}

TEST(Verdict, AFallAboveTheTargetIsNotMasteredAgainWhileItGoesOn) {
  VerdictMachine machine = mastered();
  machine.next(with_regress(0.98));
  for (int i = 1; i <= 3; ++i)
    EXPECT_EQ(machine.next(quiet(0.98 - 0.005 * i)), Verdict::kRegressing);
}

TEST(Verdict, ATransientDipIsMasteredAgainOnceItIsMadeUp) {
  VerdictMachine machine = mastered();
  machine.next(with_regress(0.96));
  machine.next(quiet(0.97));
  machine.next(quiet(0.98));
  EXPECT_EQ(machine.next(quiet(0.99)), Verdict::kMastered);
}

TEST(Verdict, MasteryEndsWhereTheTargetIsSurelyMissedThreeTimesInARow) {
  VerdictMachine machine = mastered();
  Signals below = quiet(0.6);
  below.peek_safe_upper = 0.899;
  EXPECT_EQ(machine.next(below), Verdict::kMastered);
  EXPECT_EQ(machine.next(below), Verdict::kMastered);
  EXPECT_EQ(machine.next(quiet(0.97)), Verdict::kMastered) << "one bad probe is no fall, nor two";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(machine.next(below), Verdict::kMastered);
  EXPECT_EQ(machine.next(below), Verdict::kRegressing);
  for (int i = 0; i < 3; ++i) machine.next(quiet(0.97));
  EXPECT_EQ(machine.verdict(), Verdict::kMastered);
}

TEST(Verdict, MasteryHoldsWhileTheTargetMayBeMet) {
  VerdictMachine machine = mastered();
  Signals unsure = quiet(0.8);
  unsure.peek_safe_upper = 0.9;
  for (int i = 0; i < 9; ++i) EXPECT_EQ(machine.next(unsure), Verdict::kMastered);
}

}  // namespace
}  // namespace gradus
