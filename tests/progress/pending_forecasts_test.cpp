#include "progress/pending_forecasts.h"

namespace gradus {
namespace {

/// A curve whose scores the test gives, and the book that its forecasts are scored in.
class ForecastRun {
 public:
  /// Goes on by so many doublings, in steps of `spacing`, with a score of `from + slope (u - now)`.
  void go_on(double doublings, double from, double slope, double spacing = 0.0625) {
    const double begin = u;
    while (u < begin + doublings - 1e-9) {
      u += spacing;
      curve.add(u, from + slope * (u - begin));
      pending.resolve(curve, book);
      pending.keep(curve, book);
    }
  }
  ForecastCalibration calibration() const { return book.calibration(); }

  double u = 10;
  CurveForecaster curve{0, 0.8};
  PendingForecasts pending;
  ForecastBook book;
};

TEST(PendingForecasts, KeepsOneForecastEveryQuarterOfADoubling) {
  ForecastRun run;
  run.go_on(2, 0.1, 0.05);
  EXPECT_EQ(run.calibration().made, 8u);
}

TEST(PendingForecasts, ScoresEachHorizonWhenItIsPassed) {
  ForecastRun run;
  run.go_on(0.0625, 0.1, 0);
  run.go_on(0.9375, 0.1, 0);
  EXPECT_EQ(run.calibration().horizons[0].resolved, 0u);
  run.go_on(0.0625, 0.1, 0);
  EXPECT_EQ(run.calibration().horizons[0].resolved, 1u);
  EXPECT_EQ(run.calibration().horizons[1].resolved, 0u);
  run.go_on(3, 0.1, 0);
  EXPECT_EQ(run.calibration().horizons[2].resolved, 1u);
}

TEST(PendingForecasts, AreOfNoUseOnceTheTargetIsReached) {
  ForecastRun run;
  run.go_on(1, 0.85, 0);
  // Two probes at the target decided nothing yet; none was kept then or after.
  EXPECT_EQ(run.calibration().made, 0u);
}

TEST(PendingForecasts, TellWhetherTheTargetWasReachedByTheirHorizon) {
  ForecastRun run;
  run.go_on(1, 0.1, 0.2);
  run.go_on(1, 0.85, 0);
  run.go_on(1, 0.85, 0);
  const HorizonCalibration one = run.calibration().horizons[0];
  EXPECT_EQ(one.resolved, 4u);
  // Persistence said never; all four were reached within a doubling.
  EXPECT_EQ(one.scores[2].brier, 1);
}

TEST(PendingForecasts, CountThreeProbesInARowAsReachedSinceTheFirst) {
  ForecastRun run;
  run.go_on(0.0625, 0.5, 0);
  run.go_on(1, 0.5, 0);
  const auto intervals = [&] { return run.calibration().intervals.resolved; };
  run.go_on(0.125, 0.9, 0);
  EXPECT_EQ(intervals(), 0u);
  run.go_on(0.0625, 0.9, 0);
  EXPECT_EQ(intervals(), 5u);
}

TEST(PendingForecasts, TwoProbesAtTheTargetAreNoCrossing) {
  ForecastRun run;
  run.go_on(1, 0.5, 0);
  run.go_on(0.125, 0.9, 0);
  run.go_on(4, 0.5, 0);
  EXPECT_EQ(run.calibration().intervals.resolved, 0u);
  EXPECT_GT(run.calibration().horizons[1].resolved, 0u);
}

// 64 wait at most, a quarter of a doubling apart; all of them still for their interval.
TEST(PendingForecasts, CountTheIntervalsThatAreGivenUp) {
  ForecastRun run;
  run.go_on(16, 0.5, 0);
  EXPECT_EQ(run.calibration().made, 64u);
  EXPECT_EQ(run.calibration().intervals.given_up, 0u);
  run.go_on(1, 0.5, 0);
  EXPECT_EQ(run.calibration().made, 68u);
  EXPECT_EQ(run.calibration().intervals.given_up, 4u);
  run.go_on(0.25, 0.9, 0);
  EXPECT_EQ(run.calibration().intervals.resolved, 64u);
}

}  // namespace
}  // namespace gradus
