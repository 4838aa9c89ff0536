#include <cmath>
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
/// Nothing was ever tuned on these.
const std::vector<std::string> kHeldOut{
    "demo_s101", "demo_s102", "demo_s103", "demo_s104",   "demo_s105",   "demo_s106",  "demo_s107",
    "demo_s108", "demo_s109", "demo_s110", "facets_s201", "facets_s202", "facets_s203"};

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
  const auto rows = run.starts_with("facets") ? test::recorded_facets_curve(run)
                                              : test::recorded_curve(run);
  for (const test::RecordedRow& row : rows) {
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

std::string both(const Totals& totals, Forecaster of) {
  return test::rate_text(totals.mean_brier(0, of)) + " / " +
         test::rate_text(totals.mean_brier(1, of));
}

std::string ratios(const Totals& totals, Forecaster of) {
  const auto ratio = [&](std::size_t horizon) {
    return test::rate_text(totals.mean_brier(horizon, Forecaster::kCurveFilter) /
                           totals.mean_brier(horizon, of));
  };
  return ratio(0) + " / " + ratio(1);
}

std::string number(double whole) { return std::to_string(std::lround(whole)); }

void document(const std::string& row, const Totals& totals) {
  test::expect_documented(
      "forecasts of recorded runs",
      {{row, "forecasts", number(totals.resolved[0]) + " / " + number(totals.resolved[1])},
       {row, "curve filter", both(totals, Forecaster::kCurveFilter)},
       {row, "linear", both(totals, Forecaster::kLinear)},
       {row, "persistence", both(totals, Forecaster::kPersistence)},
       {row, "of linear's", ratios(totals, Forecaster::kLinear)},
       {row, "of persistence's", ratios(totals, Forecaster::kPersistence)},
       {row, "intervals", number(totals.intervals)},
       {row, "cover", test::rate_text(totals.covered / totals.intervals)},
       {row, "not widened", test::rate_text(totals.covered_unwidened / totals.intervals)}});
}

/// `shape`: what the ladder of the runs is made into.
Totals replay_all(const std::vector<std::string>& runs,
                  const std::function<Ladder(Ladder)>& shape = std::identity(),
                  const std::function<void(double, const Totals&)>& tell = {}) {
  Totals all;
  for (const double target : {0.5, 0.8, 0.9}) {
    Totals at;
    for (const std::string& run : runs) replay(run, shape(ladder_aiming_at(target)), at);
    all.add(at);
    if (tell) tell(target, at);
  }
  return all;
}

// In one test, since each replay takes half a minute.
TEST(RecordedForecasts, BeatTheirBaselinesOnEarlierRuns) {
  const Totals totals = replay_all(kEarlier, std::identity(), [](double target, const Totals& at) {
    document("six earlier, " + test::rate_text(target), at);
  });
  document("six earlier, all", totals);
  EXPECT_GE(totals.intervals, 200);
  for (const std::size_t horizon : {0, 1}) {
    const double filter = totals.mean_brier(horizon, Forecaster::kCurveFilter);
    EXPECT_LE(filter, 0.9 * totals.mean_brier(horizon, Forecaster::kLinear));
    EXPECT_LE(filter, 0.6 * totals.mean_brier(horizon, Forecaster::kPersistence));
  }

  const Totals without = replay_all(kEarlier, flattened);
  const char* row = "six earlier runs, all targets";
  test::expect_documented(
      "lower tiers on recorded runs",
      {{row, "without", both(without, Forecaster::kCurveFilter)},
       {row, "with", both(totals, Forecaster::kCurveFilter)},
       {row, "80 % intervals cover, without", test::rate_text(without.covered / without.intervals)},
       {row, "80 % intervals cover, with", test::rate_text(totals.covered / totals.intervals)}});
}

// Ten of them are sparsely probed (about nine a doubling), so under strict most of their tasks have
// no verdict before their target and few forecasts are made: too few for two doublings, and too few
// intervals. docs/statistics.md says which aims are reached.
TEST(RecordedForecasts, CoverWhatHappenedOnHeldOutRuns) {
  const Totals totals = replay_all(kHeldOut);
  document("thirteen held out, strict", totals);
  EXPECT_GE(totals.intervals, 30);
  EXPECT_GE(totals.covered / totals.intervals, 0.72);
  const double filter = totals.mean_brier(0, Forecaster::kCurveFilter);
  EXPECT_LE(filter, 0.9 * totals.mean_brier(0, Forecaster::kLinear));
  EXPECT_LE(filter, 0.6 * totals.mean_brier(0, Forecaster::kPersistence));
}

}  // namespace
}  // namespace gradus
