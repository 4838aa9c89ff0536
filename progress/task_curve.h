#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ladders/ladder.h"
#include "probes/score.h"
#include "progress/curve_progress.h"
#include "progress/item_evidence.h"
#include "progress/probe_density.h"
#include "progress/recent_slope.h"
#include "progress/report.h"
#include "progress/threshold_test.h"

namespace gradus {

/// All that is kept of one task's curve: from its scores to what the report says of it.
/// Threads: owned by the probe thread. Cost: that of CurveProgress, O(items) for their flips and
/// O(1) a facet.
class TaskCurve {
 public:
  /// `options`: floor and target are taken from the task.
  TaskCurve(const Task& task, std::string_view tier, MonitorOptions options);

  /// Takes the next score; one that is not above the newest step or has no items changes nothing.
  /// `book`: of the forecasts of the run; `expected`: what other tasks say of the midpoint.
  /// `unchanged_since`: since when the model has not changed; empty while it does.
  void add(const Score& score, ForecastBook& book, const ExpectedMidpoint& expected = {},
           std::optional<Step> unchanged_since = std::nullopt);
  /// Takes the score of sealed items beside `open`, the newest score; another set is none of it.
  void compare(const Score& open, const Score& sealed);
  /// The statistics begin anew with the first score above `step`; the verdict stays. Steps come in
  /// order, and scores at or below them may still come.
  void rearm_above(Step step) { rearm_above_.insert(step); }
  /// Adds to the newest verdict change what else is known of it, where it is of this step.
  void explain(Step step, std::vector<LostAnswer> lost_answers,
               const std::optional<StreamWindow>& stream);
  /// Where the scores so far put the curve's midpoint; empty before the first, and where nothing is
  /// foretold.
  std::optional<Midpoint> midpoint() { return memory_ ? memory_->curve.midpoint() : std::nullopt; }
  const TaskProgress& progress() const { return progress_; }

 private:
  /// What starts anew with another set of items.
  struct Memory {
    CurveProgress curve;
    std::vector<ThresholdTest> facets;  // in the order of the score's facets
    std::uint64_t item_digest = 0;
    std::uint64_t scores = 0;
    LostLately lost;
    RecentSlope slope;
    ProbeDensity density;
    std::vector<std::uint64_t> best_bits;
  };
  struct Position {
    Step step = 0, own_step = 0;
  };

  void begin_curve(const Score& first);
  void forget_noise();
  void rearm_where_asked(Step next);
  void describe_score(const Score& score);
  void describe_bands(const Score& score);
  void describe_facets(const Score& score);
  void describe_statistics();
  void describe_slope();
  void describe_switch();
  void record_move(const VerdictMove& move, const Score& score);
  void count_move(const VerdictMove& move);
  void keep_best(const Score& score);

  MonitorOptions options_;
  std::optional<Memory> memory_;
  Position newest_, before_;    // of the last two probes
  std::set<Step> rearm_above_;  // what no score has gone beyond yet
  TaskProgress progress_;
};

}  // namespace gradus
