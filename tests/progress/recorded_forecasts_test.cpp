#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
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
constexpr std::array kTargets{0.5, 0.8, 0.9};
/// Nothing was ever tuned on these: seeds 311 to 320, recorded before anything was foretold of
/// them.
const std::vector<std::string> kHeldOut{"facets_s311", "facets_s312", "facets_s313", "facets_s314",
                                        "facets_s315", "facets_s316", "facets_s317", "facets_s318",
                                        "facets_s319", "facets_s320"};
/// Neither on these, which are sparsely probed and were looked at before.
const std::vector<std::string> kSparse{
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

enum class Facets : std::uint8_t { kUsed, kLeftOut };

/// One run through a tracker as it runs live.
void replay(const std::string& run, const Ladder& ladder, Facets facets, Totals& totals) {
  Tracker tracker(ladder, {.run = run});
  std::vector<Score> snapshot;
  for (Score& score : test::recorded_scores(run, ladder)) {
    if (!snapshot.empty() && snapshot.back().step != score.step) {
      tracker.update(snapshot);
      snapshot.clear();
    }
    if (facets == Facets::kLeftOut) score.facets.clear();
    snapshot.push_back(std::move(score));
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

/// How a replay differs from a live run.
struct Variant {
  std::function<Ladder(Ladder)> shape = std::identity();  ///< what the ladder is made into
  Facets facets = Facets::kUsed;
};

Totals replay_at(double target, const std::vector<std::string>& runs, const Variant& variant = {}) {
  Totals totals;
  for (const std::string& run : runs)
    replay(run, variant.shape(ladder_aiming_at(target)), variant.facets, totals);
  return totals;
}

/// `tell`: called with each target's totals.
Totals replay_all(const std::vector<std::string>& runs, const Variant& variant = {},
                  const std::function<void(double, const Totals&)>& tell = {}) {
  Totals all;
  for (const double target : kTargets) {
    const Totals at = replay_at(target, runs, variant);
    all.add(at);
    if (tell) tell(target, at);
  }
  return all;
}

/// What a table beside says of one way to foretell.
void document_variant(const std::string& table, const std::string& row, const std::string& column,
                      const Totals& totals) {
  test::expect_documented(table, {{row, column, both(totals, Forecaster::kCurveFilter)},
                                  {row, "80 % intervals cover, " + column,
                                   test::rate_text(totals.covered / totals.intervals)}});
}

/// Brier at both horizons at most .9 of linear's and .6 of persistence's.
void expect_better_than_baselines(const Totals& totals) {
  for (const std::size_t horizon : {0, 1}) {
    const double filter = totals.mean_brier(horizon, Forecaster::kCurveFilter);
    EXPECT_LE(filter, 0.9 * totals.mean_brier(horizon, Forecaster::kLinear));
    EXPECT_LE(filter, 0.6 * totals.mean_brier(horizon, Forecaster::kPersistence));
  }
}

TEST(RecordedForecasts, BeatTheirBaselinesOnEarlierRuns) {
  const Totals totals = replay_all(kEarlier, {}, [](double target, const Totals& at) {
    document("six earlier, " + test::rate_text(target), at);
  });
  document("six earlier, all", totals);
  EXPECT_GE(totals.intervals, 200);
  expect_better_than_baselines(totals);

  const char* table = "what forecasts know on recorded runs";
  const char* row = "six earlier, all targets";
  document_variant(table, row, "with all", totals);
  document_variant(table, row, "without lower tiers", replay_all(kEarlier, {.shape = flattened}));
}

class HeldOutForecasts : public ::testing::TestWithParam<double> {};

TEST_P(HeldOutForecasts, HoldOnRunsThatNothingWasTunedOn) {
  const std::string row = "ten held out, " + test::rate_text(GetParam());
  const Totals totals = replay_at(GetParam(), kHeldOut);
  document(row, totals);
  EXPECT_GE(totals.intervals, 200);
  EXPECT_GE(totals.covered / totals.intervals, 0.72);
  EXPECT_LE(totals.covered / totals.intervals, 0.92);
  expect_better_than_baselines(totals);

  const char* table = "what forecasts know on recorded runs";
  const Totals without = replay_at(GetParam(), kHeldOut, {.facets = Facets::kLeftOut});
  document_variant(table, row, "with all", totals);
  document_variant(table, row, "without positions", without);
  document_variant(table, row, "without lower tiers",
                   replay_at(GetParam(), kHeldOut, {.shape = flattened}));
  // Half a score can be had with a position missing, so at .5 they tell nothing for one doubling.
  for (const std::size_t horizon : {0, 1}) {
    if (GetParam() == 0.5 && horizon == 0) continue;
    EXPECT_LT(totals.mean_brier(horizon, Forecaster::kCurveFilter),
              without.mean_brier(horizon, Forecaster::kCurveFilter));
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, HeldOutForecasts, ::testing::ValuesIn(kTargets),
                         [](const ::testing::TestParamInfo<double>& target) {
                           return "Percent" + std::to_string(std::lround(100 * target.param));
                         });

// About nine probes a doubling: under strict most of their tasks have no verdict before their
// target, so few forecasts are made and hardly any of two doublings.
TEST(RecordedForecasts, BeatTheirBaselinesOneDoublingAheadWhereProbesAreFew) {
  const Totals totals = replay_all(kSparse);
  document("thirteen sparse", totals);
  EXPECT_GE(totals.intervals, 30);
  EXPECT_GE(totals.covered / totals.intervals, 0.72);
  const double filter = totals.mean_brier(0, Forecaster::kCurveFilter);
  EXPECT_LE(filter, 0.9 * totals.mean_brier(0, Forecaster::kLinear));
  EXPECT_LE(filter, 0.6 * totals.mean_brier(0, Forecaster::kPersistence));
}

}  // namespace
}  // namespace gradus
