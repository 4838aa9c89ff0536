#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "progress/tracker.h"
#include "tests/progress/recorded_curves.h"
#include "tests/support/documented.h"

// Forecasts on recorded runs, scored by the book that a live run keeps. Nothing is drawn, so the
// figures are exact; they are those of docs/statistics.md.

namespace gradus {
namespace {

const std::vector<std::string> kEarlier{"healthy_s1", "healthy_s2", "healthy_s3",
                                        "h4_s1",      "h4_s2",      "h4_s3"};
/// Recorded after everything was decided.
const std::vector<std::string> kHeldOut{"demo_s101", "demo_s102", "demo_s103", "demo_s104",
                                        "demo_s105", "demo_s106", "demo_s107", "demo_s108",
                                        "demo_s109", "demo_s110"};

struct Totals {
  double resolved[2] = {}, brier[2][kForecasters] = {};
  double intervals = 0, covered = 0, covered_unwidened = 0;

  void add(const Totals& other) {
    for (const std::size_t h : {0, 1}) {
      resolved[h] += other.resolved[h];
      for (std::size_t i = 0; i < kForecasters; ++i) brier[h][i] += other.brier[h][i];
    }
    intervals += other.intervals;
    covered += other.covered;
    covered_unwidened += other.covered_unwidened;
  }
  double mean_brier(std::size_t horizon, Forecaster of) const {
    return brier[horizon][static_cast<std::size_t>(of)] / resolved[horizon];
  }
};

/// The recorded ladder, all tasks aiming at `target`.
Ladder ladder_aiming_at(double target) {
  Ladder ladder = test::recorded_ladder();
  for (Task& task : ladder.tasks) task.target = target;
  return ladder;
}

/// The same without lower and upper tiers.
Ladder flattened(Ladder ladder) {
  ladder.tiers = {{"all", "All", {}}};
  for (TaskIndex task = 0; task < ladder.tasks.size(); ++task) {
    ladder.tasks[task].tier = 0;
    ladder.tiers[0].tasks.push_back(task);
  }
  return ladder;
}

/// One run through a tracker as it runs live.
void replay(const std::string& run, const Ladder& ladder, Totals& totals) {
  Tracker tracker(ladder, {.run = run});
  std::vector<Score> snapshot;
  for (const test::RecordedRow& row : test::recorded_curve(run)) {
    if (!snapshot.empty() && snapshot.back().step != row.step) {
      tracker.update(snapshot);
      snapshot.clear();
    }
    snapshot.push_back(test::score_of_row(row, ladder));
  }
  tracker.update(snapshot);
  const ForecastCalibration& out = tracker.report()->calibration;
  for (std::size_t h = 0; h < 2; ++h) {
    const auto resolved = static_cast<double>(out.horizons[h].resolved);
    totals.resolved[h] += resolved;
    for (std::size_t i = 0; i < kForecasters; ++i)
      totals.brier[h][i] += resolved * out.horizons[h].scores[i].brier;
  }
  totals.intervals += static_cast<double>(out.intervals.resolved);
  totals.covered += static_cast<double>(out.intervals.covered);
  totals.covered_unwidened += static_cast<double>(out.intervals.covered_unwidened);
}

/// `shape`: what the ladder of the runs is made into.
Totals replay_all(const char* name, const std::vector<std::string>& runs,
                  const std::function<Ladder(Ladder)>& shape = std::identity()) {
  Totals all;
  for (const double target : {0.5, 0.8, 0.9}) {
    Totals at;
    for (const std::string& run : runs) {
      replay(run, shape(ladder_aiming_at(target)), at);
    }
    all.add(at);
    std::printf(
        "%s, target %.1f: Brier 1 / 2 doublings %.3f / %.3f, linear %.3f / %.3f, "
        "persistence %.3f / %.3f (%.0f, %.0f); interval .80 covers %.2f (unwidened %.2f) of "
        "%.0f\n",
        name, target, at.mean_brier(0, Forecaster::kCurveFilter),
        at.mean_brier(1, Forecaster::kCurveFilter), at.mean_brier(0, Forecaster::kLinear),
        at.mean_brier(1, Forecaster::kLinear), at.mean_brier(0, Forecaster::kPersistence),
        at.mean_brier(1, Forecaster::kPersistence), at.resolved[0], at.resolved[1],
        at.covered / at.intervals, at.covered_unwidened / at.intervals, at.intervals);
  }
  std::printf(
      "%s, all targets: ratio to linear %.2f / %.2f, to persistence %.2f / %.2f; "
      "interval covers %.2f (unwidened %.2f) of %.0f\n",
      name, all.mean_brier(0, Forecaster::kCurveFilter) / all.mean_brier(0, Forecaster::kLinear),
      all.mean_brier(1, Forecaster::kCurveFilter) / all.mean_brier(1, Forecaster::kLinear),
      all.mean_brier(0, Forecaster::kCurveFilter) / all.mean_brier(0, Forecaster::kPersistence),
      all.mean_brier(1, Forecaster::kCurveFilter) / all.mean_brier(1, Forecaster::kPersistence),
      all.covered / all.intervals, all.covered_unwidened / all.intervals, all.intervals);
  return all;
}

std::string both_briers(const Totals& totals) {
  return test::rate_text(totals.mean_brier(0, Forecaster::kCurveFilter)) + " / " +
         test::rate_text(totals.mean_brier(1, Forecaster::kCurveFilter));
}

// In one test, since each replay takes half a minute.
TEST(RecordedForecasts, BeatTheirBaselinesOnEarlierRunsAndAreNotWorseForKnowingLowerTiers) {
  const Totals totals = replay_all("earlier runs", kEarlier);
  EXPECT_GE(totals.intervals, 200);
  for (const std::size_t horizon : {0, 1}) {
    const double filter = totals.mean_brier(horizon, Forecaster::kCurveFilter);
    EXPECT_LE(filter, 0.9 * totals.mean_brier(horizon, Forecaster::kLinear));
    EXPECT_LE(filter, 0.6 * totals.mean_brier(horizon, Forecaster::kPersistence));
  }

  const Totals without = replay_all("earlier runs, one tier", kEarlier, flattened);
  for (const std::size_t horizon : {0, 1})
    EXPECT_LE(totals.mean_brier(horizon, Forecaster::kCurveFilter),
              1.02 * without.mean_brier(horizon, Forecaster::kCurveFilter));
  const char* row = "six earlier runs, all targets";
  test::expect_documented(
      "lower tiers on recorded runs",
      {{row, "without", both_briers(without)},
       {row, "with", both_briers(totals)},
       {row, "80 % intervals cover, without", test::rate_text(without.covered / without.intervals)},
       {row, "80 % intervals cover, with", test::rate_text(totals.covered / totals.intervals)}});
}

// Sparsely probed (about nine a doubling), so most tasks have no verdict before their target and
// few forecasts are made: too few to prove anything about two doublings or about linear. The upper
// end of what is aimed at, .92, is missed by one interval of 92: docs/statistics.md says so.
TEST(RecordedForecasts, CoverWhatHappenedOnHeldOutRuns) {
  const Totals totals = replay_all("held-out runs", kHeldOut);
  EXPECT_GE(totals.intervals, 30);
  EXPECT_GE(totals.covered / totals.intervals, 0.72);
  EXPECT_LT(totals.mean_brier(0, Forecaster::kCurveFilter),
            0.6 * totals.mean_brier(0, Forecaster::kPersistence));
}

}  // namespace
}  // namespace gradus
