#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "progress/curve_forecaster.h"
#include "progress/task_monitor.h"
#include "tests/progress/forecast_tally.h"
#include "tests/progress/recorded_curves.h"
#include "tests/support/documented.h"

// Would a task be foretold better from its weakest position than from its mean score? On three
// recorded runs whose positions were kept. With L positions, the mean score is at its target when
// the weakest is at target^L and all others are known: q is the geometric mean over positions.
// Figures go to docs/statistics.md.

namespace gradus {
namespace {

using test::ForecastTally;

constexpr double kPositionFloor = 0.1;  // of one digit of ten
constexpr double kEvery = 0.25;         // doublings between forecasts of a task

struct FacetRow {
  std::string task, facet;  ///< facet "all": the task itself
  double u = 0, exact = 0, q = 0;
};

std::vector<FacetRow> facet_rows(const std::string& run) {
  std::vector<FacetRow> rows;
  const gzFile file = gzopen(("tests/progress/data/" + run + ".csv.gz").c_str(), "rb");
  if (file == nullptr) return rows;
  std::array<char, 256> line{};
  while (gzgets(file, line.data(), line.size()) != nullptr) {
    std::array<char, 32> task{}, facet{};
    FacetRow row;
    unsigned long step = 0;
    // The heading does not begin with a number and is left out by that.
    if (std::sscanf(line.data(), "%*d,%31[^,],%lu,%31[^,],%*d,%lf,%lf", task.data(), &step,
                    facet.data(), &row.exact, &row.q) != 5)
      continue;
    row.task = task.data();
    row.facet = facet.data();
    row.u = doublings(step);
    rows.push_back(row);
  }
  gzclose(file);
  return rows;
}

enum Source : std::uint8_t { kMean, kWeakest, kLine };
using Tallies = std::array<std::array<ForecastTally, 2>, 3>;  // by source, one and two doublings

/// One task of a run: its mean score, its positions and the forecasts made so far.
class FacetTask {
 public:
  FacetTask(double floor, double target, int positions)
      : needed_(std::pow(target, positions)),
        mean_(floor, target),
        monitor_({.profile = Profile::kPractical,
                  .alpha = 0.05 / 34,
                  .floor = floor,
                  .target = target},
                 128) {}

  void add_mean(const FacetRow& row) {
    mean_.add(row.u, row.q);
    monitor_.add({.step = static_cast<Step>(std::llround(std::exp2(row.u))),
                  .score = row.q,
                  .exact = row.exact,
                  .item_sd = std::sqrt(row.q * (1 - row.q)),
                  .items = 128});
    if (mean_.at_target()) reached_ = std::min(reached_, mean_.at_target_since());
  }
  void add_position(const FacetRow& row) {
    positions_.try_emplace(row.facet, kPositionFloor, needed_).first->second.add(row.u, row.q);
  }
  /// Once all of a probe is in.
  void foretell() {
    const bool there = mean_.undecided() || reached_ < std::numeric_limits<double>::infinity();
    if (there || mean_.u() < last_ + kEvery || monitor_.verdict() == Verdict::kDormant) return;
    last_ = mean_.u();
    const auto weakest = std::min_element(
        positions_.begin(), positions_.end(),
        [](const auto& a, const auto& b) { return a.second.score() < b.second.score(); });
    Made made{mean_.u(), {}};
    const CurveForecaster& position = weakest->second;
    for (const std::size_t h : {0, 1}) {
      const auto ahead = static_cast<double>(h + 1);
      made.reaches[kMean][h] = mean_.crossing(Forecaster::kCurveFilter).until(ahead);
      made.reaches[kLine][h] = mean_.crossing(Forecaster::kLinear).until(ahead);
      made.reaches[kWeakest][h] =
          position.at_target() ? 1 : position.crossing(Forecaster::kCurveFilter).until(ahead);
    }
    made_.push_back(made);
  }
  /// Scores what the run, which ended at `end`, decided.
  void resolve(double end, Tallies& tallies) const {
    for (const Made& made : made_)
      for (const std::size_t h : {0, 1}) {
        const double until = made.u + static_cast<double>(h + 1);
        if (until > end) continue;
        for (std::size_t i = 0; i < tallies.size(); ++i)
          tallies[i][h].add_probability(made.reaches[i][h], reached_ <= until);
      }
  }

 private:
  struct Made {
    double u = 0;
    std::array<std::array<double, 2>, 3> reaches{};
  };

  double needed_;
  CurveForecaster mean_;
  TaskMonitor monitor_;
  std::map<std::string, CurveForecaster> positions_;
  double last_ = 0, reached_ = std::numeric_limits<double>::infinity();
  std::vector<Made> made_;
};

void replay(const std::string& run, double target, Tallies& tallies) {
  const std::vector<FacetRow> rows = facet_rows(run);
  std::map<std::string, int> positions;
  for (const FacetRow& row : rows)
    if (row.u == rows.front().u && row.facet != "all") ++positions[row.task];
  std::map<std::string, FacetTask> tasks;
  for (const Task& task : test::recorded_ladder().tasks)
    tasks.try_emplace(task.name, task.floor, target, positions[task.name]);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    FacetTask& task = tasks.at(rows[i].task);
    rows[i].facet == "all" ? task.add_mean(rows[i]) : task.add_position(rows[i]);
    if (i + 1 == rows.size() || rows[i + 1].facet == "all") task.foretell();
  }
  for (const auto& [name, task] : tasks) task.resolve(rows.back().u, tallies);
}

class FacetForecasts : public ::testing::TestWithParam<double> {};

TEST_P(FacetForecasts, FromTheWeakestPositionAreBetterTwoDoublingsAhead) {
  Tallies tallies;
  for (const char* run : {"facets_s201", "facets_s202", "facets_s203"})
    replay(run, GetParam(), tallies);
  const auto both = [&](Source source) {
    return test::rate_text(tallies[source][0].brier()) + " / " +
           test::rate_text(tallies[source][1].brier());
  };
  const std::string row = test::rate_text(GetParam());
  const std::string forecasts = std::to_string(tallies[kMean][0].probabilities()) + " / " +
                                std::to_string(tallies[kMean][1].probabilities());
  std::printf("target %s: mean %s, weakest position %s, linear %s; %s forecasts\n", row.c_str(),
              both(kMean).c_str(), both(kWeakest).c_str(), both(kLine).c_str(), forecasts.c_str());
  test::expect_documented("forecasts from the weakest position",
                          {{row, "forecasts", forecasts},
                           {row, "mean score", both(kMean)},
                           {row, "weakest position", both(kWeakest)},
                           {row, "linear", both(kLine)}});
  EXPECT_LT(tallies[kWeakest][1].brier(), tallies[kMean][1].brier());
}

INSTANTIATE_TEST_SUITE_P(Targets, FacetForecasts, ::testing::Values(0.5, 0.8, 0.9),
                         [](const ::testing::TestParamInfo<double>& target) {
                           return "Percent" + std::to_string(std::lround(100 * target.param));
                         });

}  // namespace
}  // namespace gradus
