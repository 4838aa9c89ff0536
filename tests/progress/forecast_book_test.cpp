#include "progress/forecast_book.h"

#include <cmath>
#include <numeric>

namespace gradus {
namespace {

constexpr std::size_t kOneDoubling = 0, kTwoDoublings = 1;

const ForecastScore& score_of(const ForecastCalibration& calibration, Forecaster forecaster) {
  return calibration.horizons[kOneDoubling].scores[static_cast<std::size_t>(forecaster)];
}

TEST(ForecastBook, BeginsUncalibratedWithTheCurveFilter) {
  const ForecastCalibration calibration = ForecastBook().calibration();
  EXPECT_FALSE(calibration.calibrated());
  EXPECT_EQ(calibration.shown, Forecaster::kCurveFilter);
  EXPECT_EQ(calibration.resolved, 0u);
  EXPECT_EQ(calibration.horizons[2].doublings, 4);
  EXPECT_EQ(calibration.intervals.median_error, 0);
}

// Brier: (.2^2 + .6^2)/2 = .2; log loss: -(ln .8 + ln .4)/2 = .569717.
TEST(ForecastBook, GivesMeanBrierAndLogLossOfEachForecaster) {
  ForecastBook book;
  book.score_reach(kOneDoubling, {0.8f, 0.5f, 0}, true);
  book.score_reach(kOneDoubling, {0.6f, 0.5f, 0}, false);
  const ForecastCalibration calibration = book.calibration();
  EXPECT_NEAR(score_of(calibration, Forecaster::kCurveFilter).brier, 0.2, 1e-6);
  EXPECT_NEAR(score_of(calibration, Forecaster::kCurveFilter).log_loss, 0.569717, 1e-6);
  EXPECT_NEAR(score_of(calibration, Forecaster::kLinear).brier, 0.25, 1e-6);
  EXPECT_NEAR(score_of(calibration, Forecaster::kLinear).log_loss, std::log(2), 1e-6);
}

// "Never", and it came: -ln .001 instead of infinity, beside -ln .999 where it did not.
TEST(ForecastBook, CutsProbabilitiesForTheLogLoss) {
  ForecastBook book;
  book.score_reach(kOneDoubling, {0, 0, 0}, true);
  book.score_reach(kOneDoubling, {0, 0, 0}, false);
  EXPECT_NEAR(score_of(book.calibration(), Forecaster::kPersistence).log_loss,
              (6.907755 + 0.0010005) / 2, 1e-6);
}

TEST(ForecastBook, SortsForecastsIntoBinsByTenths) {
  ForecastBook book;
  book.score_reach(kOneDoubling, {0.72f, 1, 0}, true);
  book.score_reach(kOneDoubling, {0.78f, 1, 0}, false);
  const auto bins = book.calibration().horizons[kOneDoubling].bins;
  EXPECT_EQ(bins[0][7].count, 2u);
  EXPECT_NEAR(bins[0][7].forecast, 0.75, 1e-6);
  EXPECT_NEAR(bins[0][7].happened, 0.5, 1e-12);
  EXPECT_EQ(bins[1][9].count, 2u);  // certainty is in the last
  EXPECT_EQ(bins[2][0].count, 2u);
}

TEST(ForecastBook, CountsResolvedForecastsAtOneDoubling) {
  ForecastBook book;
  book.score_reach(kOneDoubling, {0, 0, 0}, false);
  book.score_reach(kTwoDoublings, {0, 0, 0}, false);
  EXPECT_EQ(book.calibration().resolved, 1u);
  EXPECT_EQ(book.calibration().horizons[kTwoDoublings].resolved, 1u);
}

TEST(ForecastBook, ShowsTheBestForecasterOnceTwentyAreResolved) {
  ForecastBook book;
  for (int i = 0; i < 19; ++i) book.score_reach(kOneDoubling, {0, 1, 0}, true);
  EXPECT_EQ(book.shown(), Forecaster::kCurveFilter);
  book.score_reach(kOneDoubling, {0, 1, 0}, true);
  EXPECT_EQ(book.shown(), Forecaster::kLinear);
}

// Nothing is reached: who says never is always right, and still is no forecast.
TEST(ForecastBook, NeverShowsPersistence) {
  ForecastBook book;
  for (int i = 0; i < 40; ++i) {
    book.score_reach(kOneDoubling, {0.3f, 0.2f, 0}, false);
    book.score_reach(kTwoDoublings, {0.3f, 0.2f, 0}, false);
  }
  EXPECT_EQ(book.shown(), Forecaster::kLinear);
  EXPECT_EQ(book.calibration().shown, Forecaster::kLinear);
}

// Brier scores of .16 and, at two doublings, of .36; a coin has .25.
TEST(ForecastBook, IsCalibratedWhereItBeatsACoinAtBothHorizons) {
  ForecastBook book;
  for (int i = 0; i < 20; ++i) book.score_reach(kOneDoubling, {0.6f, 0, 0}, true);
  EXPECT_TRUE(book.calibration().calibrated());
  for (int i = 0; i < 20; ++i) book.score_reach(kTwoDoublings, {0.4f, 0, 0}, true);
  EXPECT_FALSE(book.calibration().calibrated());
}

TEST(ForecastBook, IsNotCalibratedBeforeTwentyAreResolved) {
  ForecastBook book;
  for (int i = 0; i < 19; ++i) book.score_reach(kOneDoubling, {1, 1, 0}, true);
  EXPECT_FALSE(book.calibration().calibrated());
  book.score_reach(kOneDoubling, {1, 1, 0}, true);
  EXPECT_TRUE(book.calibration().calibrated());
}

// Linear is worse at one doubling by .04 and better at two by .09.
TEST(ForecastBook, JudgesByOneAndTwoDoublingsTogether) {
  ForecastBook book;
  for (int i = 0; i < 20; ++i) {
    book.score_reach(kOneDoubling, {1, 0.8f, 0}, true);
    book.score_reach(kTwoDoublings, {0.7f, 1, 0}, true);
  }
  EXPECT_EQ(book.shown(), Forecaster::kLinear);
}

TEST(ForecastBook, PlacesScoresInTheirPredictedDistribution) {
  ScoreQuantiles quantiles;
  for (std::size_t i = 0; i < quantiles.size(); ++i)
    quantiles[i] = static_cast<float>(0.05 * static_cast<double>(i + 1));  // uniform in (0, 1)
  ForecastBook book;
  for (const double score : {0.01, 0.34, 0.36, 0.99})
    book.score_score({quantiles, quantiles, quantiles}, score);
  const auto pit = book.calibration().pit[1];
  EXPECT_EQ(pit[0], 1u);
  EXPECT_EQ(pit[3], 2u);
  EXPECT_EQ(pit[9], 1u);
  EXPECT_EQ(std::accumulate(pit.begin(), pit.end(), 0u), 4u);
}

TEST(ForecastBook, CountsIntervalsThatHeldAsGivenAndAsShown) {
  ForecastBook book;
  book.score_interval({1, 2, 3}, {0.5, 2, 4}, 3.5);
  book.score_interval({1, 2, 3}, {0.5, 2, 4}, 2);
  book.score_interval({1, 2, 3}, {0.5, 2, 4}, 5);
  book.count_given_up();
  const IntervalCalibration intervals = book.calibration().intervals;
  EXPECT_EQ(intervals.resolved, 3u);
  EXPECT_EQ(intervals.covered, 2u);
  EXPECT_EQ(intervals.covered_unwidened, 1u);
  EXPECT_EQ(intervals.given_up, 1u);
  EXPECT_NEAR(intervals.median_error, 1.55, 1e-9);  // of 0, 1.5 and 3, in cells of a tenth
}

TEST(IntervalWidening, StretchesAroundTheMedianAndEndsNotBeforeNow) {
  const IntervalWidening widening;
  EXPECT_NEAR(widening.factor(), 1.7, 1e-12);
  const CrossingInterval wide = widening.widened({1, 2, 4});
  EXPECT_NEAR(wide.p10, 0.3, 1e-9);
  EXPECT_EQ(wide.p50, 2);
  EXPECT_NEAR(wide.p90, 5.4, 1e-9);
  EXPECT_EQ(widening.widened({0, 1, 2}).p10, 0);
}

// A step of exp(.25 (missed - .2)).
TEST(IntervalWidening, WidensWhereMoreThanAFifthMissed) {
  IntervalWidening widening;
  widening.learn(1);
  EXPECT_NEAR(widening.factor(), 1.7 * std::exp(0.2), 1e-9);
  widening.learn(0.2);
  EXPECT_NEAR(widening.factor(), 1.7 * std::exp(0.2), 1e-9);
  widening.learn(0);
  EXPECT_NEAR(widening.factor(), 1.7 * std::exp(0.15), 1e-9);
}

TEST(IntervalWidening, StaysBetweenOneAndEight) {
  IntervalWidening down, up;
  for (int i = 0; i < 100; ++i) {
    down.learn(0);
    up.learn(1);
  }
  EXPECT_NEAR(down.factor(), 1, 1e-9);
  EXPECT_NEAR(up.factor(), 8, 1e-9);
}

}  // namespace
}  // namespace gradus
