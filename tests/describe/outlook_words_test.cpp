#include "describe/outlook_words.h"

namespace gradus {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TaskProgress foretold() {
  TaskProgress task;
  task.items = 128;
  task.step = 500'000;
  task.target = 0.9;
  task.verdict = Verdict::kLearning;
  Forecast& forecast = task.forecast.emplace();
  forecast.belief_ever = 0.82;
  forecast.examples_to_target = ExamplesToTarget{400'000, 620'000, 1'100'000};
  return task;
}

TEST(OutlookWords, SayHowManyExamplesAndHowSure) {
  EXPECT_THAT(forecast_words(foretold()), StartsWith("Reaches 0.90 in about 620k more examples"));
  EXPECT_THAT(forecast_words(foretold()), HasSubstr("if it gets there: 82 %."));
}

TEST(OutlookWords, AreShortInATable) {
  EXPECT_TRUE(is_foretold(foretold()));
  EXPECT_EQ(short_forecast_words(foretold()),
            "0.90 in about 620k more (400k to 1.1M), chance 82 %");
}

TEST(OutlookWords, LeaveOutOfATableWhatIsVagueOrUnlikely) {
  TaskProgress task = foretold();
  task.forecast->belief_ever = 0.04;
  EXPECT_FALSE(is_foretold(task));
  task = foretold();
  task.forecast->examples_to_target->p90 = 30'000'000;  // log2(30.5 / 0.9) = 5.1 doublings
  EXPECT_FALSE(is_foretold(task));
}

// From 1,400,000 examples to 31,000,000: log2 of the quotient is 4.47 doublings.
TEST(OutlookWords, OfAnIntervalTooWideToPlanWithSayOnlyItsLowerEnd) {
  TaskProgress task = foretold();
  task.step = 1'000'000;
  task.forecast->examples_to_target = ExamplesToTarget{400'000, 5'000'000, 30'000'000};
  EXPECT_EQ(forecast_words(task),
            "When it reaches 0.90 is not known yet: not before 400k more examples, if it gets "
            "there: 82 %.");
  task.forecast->examples_to_target->p10 = 0;
  EXPECT_EQ(forecast_words(task), "When it reaches 0.90 is not known yet, if it gets there: 82 %.");
  task.forecast->examples_to_target->p10 = 400'000;
  task.forecast->examples_to_target->p90 = 20'000'000;  // 3.91 doublings
  EXPECT_THAT(forecast_words(task), StartsWith("Reaches 0.90 in about 5M more examples"));
}

TEST(OutlookWords, SayWhereNoWayLeadsToTheTarget) {
  TaskProgress task = foretold();
  task.forecast->examples_to_target.reset();
  task.forecast->belief_ever = 0.001;
  EXPECT_EQ(forecast_words(task),
            "No way is seen to 0.90; chance that it ever gets there: below 1 %.");
}

TEST(OutlookWords, SayWhenTheTargetIsUnlikelyOrAtHand) {
  TaskProgress task = foretold();
  task.forecast->examples_to_target = ExamplesToTarget{};
  EXPECT_EQ(forecast_words(task), "Its score is at 0.90; its lower bound is not yet.");
  task.forecast->belief_ever = 0.02;
  EXPECT_EQ(forecast_words(task), "Not likely to reach 0.90: chance 2 %.");
}

TEST(OutlookWords, SayWhenTheSlopeAloneMayReachTheTarget) {
  TaskProgress task = foretold();
  task.score = 0.8;
  task.slope_upper = 0.15;
  task.forecast->belief_ever = 0.02;
  EXPECT_EQ(
      forecast_words(task),
      "The present slope may reach 0.90 within one more doubling; the forecast gives it 2 %.");
  task.forecast->belief_ever = 0.82;
  EXPECT_EQ(forecast_words(task), forecast_words(foretold()));
}

TEST(OutlookWords, SayThatThereIsNoForecastOfASkillThatWasJustLost) {
  TaskProgress task = foretold();
  task.forecast.reset();
  task.just_lost = true;
  task.verdict = Verdict::kRegressing;
  EXPECT_EQ(forecast_words(task), "No forecast: the skill was just lost.");
  EXPECT_FALSE(is_foretold(task));
}

TEST(OutlookWords, ForetellNothingOfWhatIsReachedOrUnknown) {
  TaskProgress task = foretold();
  task.verdict = Verdict::kMastered;
  EXPECT_EQ(forecast_words(task), "");
  EXPECT_EQ(forecast_words({}), "");
}

TEST(OutlookWords, NameEachKindOfThreshold) {
  TaskProgress task = foretold();
  EXPECT_EQ(threshold_words(task), "");
  Threshold& threshold = task.threshold.emplace();
  EXPECT_THAT(threshold_words(task), StartsWith("Undecided: "));
  threshold.share_of_jump = 0.61;
  threshold.jump_step = 64'000;
  threshold.kind = ThresholdKind::kRealJump;
  EXPECT_THAT(threshold_words(task), StartsWith("Real jump: 61 % of the rise"));
  threshold.kind = ThresholdKind::kContinuous;
  EXPECT_THAT(threshold_words(task), StartsWith("Continuous: it grew bit by bit"));
  threshold.kind = ThresholdKind::kMetricArtefact;
  EXPECT_THAT(threshold_words(task), HasSubstr("only makes it look sudden"));
  threshold.hidden_progress = 0.4;
  EXPECT_THAT(threshold_words(task), HasSubstr("40 % of that was done before exact match"));
}

TEST(OutlookWords, SayThatAPartSwitchedOnWhereTheWholeGrewBitByBit) {
  TaskProgress task = foretold();
  task.threshold.emplace().kind = ThresholdKind::kContinuous;
  FacetProgress& units = task.facets.emplace_back();
  units.name = "units";
  units.threshold.emplace().jump_step = 830'000;
  units.threshold->width = 0.25;
  EXPECT_THAT(threshold_words(task), Not(HasSubstr("switched on")));
  task.switched_on = "units";
  EXPECT_THAT(threshold_words(task), EndsWith(" But a part of it switched on: units rose within "
                                              "0.25 doublings, near step 830,000."));
}

TEST(OutlookWords, CallForecastsUncalibratedUntilTwentyAreResolved) {
  ForecastCalibration calibration;
  calibration.resolved = 6;
  EXPECT_EQ(calibration_words(calibration), "Uncalibrated: 6 of 20 forecasts resolved.");
  calibration.resolved = 20;
  calibration.intervals = {.resolved = 9, .covered = 7};
  EXPECT_THAT(calibration_words(calibration), StartsWith("20 forecasts resolved."));
  EXPECT_THAT(calibration_words(calibration), HasSubstr("7 of 9 held"));
  calibration.horizons[0] = {.doublings = 1, .resolved = 20, .scores = {{{.brier = 0.3}}}};
  EXPECT_THAT(calibration_words(calibration),
              StartsWith("Uncalibrated: no better than a coin in 20 forecasts resolved."));
}

}  // namespace
}  // namespace gradus
