#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "probes/score.h"
#include "progress/annotation.h"
#include "progress/forecast.h"
#include "progress/sealed_gap.h"
#include "progress/threshold.h"
#include "progress/verdict_change.h"

namespace gradus {

/// An interval of a score.
struct Interval {
  double lower = 0;
  double upper = 1;

  bool operator==(const Interval&) const = default;
};

/// How closely a task is watched, and so what its verdict can tell.
struct Watch {
  std::uint64_t probes = 0;            ///< that the detectors' estimate of the noise rests on
  unsigned probes_needed = 0;          ///< before the detectors begin
  std::optional<double> per_doubling;  ///< recent probes a doubling
  /// The detectors run: a stall or a fall can be found now.
  bool armed() const { return probes >= probes_needed; }
  /// The step at which they will, if probes keep coming as densely; empty where they run already,
  /// or where nothing can be said.
  std::optional<Step> armed_from(Step now) const;

  bool operator==(const Watch&) const = default;
};

struct FacetProgress {
  std::string name;
  double score = 0;
  double exact = 0;
  std::optional<Threshold> threshold;

  bool operator==(const FacetProgress&) const = default;
};

/// All that is known of one task; the fields of /api/v1/progress.
struct TaskProgress {
  std::string task;
  std::string tier;
  Step step = 0;  ///< of the newest score; 0: not probed yet
  Step own_step = 0;
  Timestamp time{};
  std::uint32_t items = 0;
  double score = 0;                ///< mean q
  Interval now;                    ///< one look at the newest score
  Interval peek_safe;              ///< holds for all looks at once
  bool peek_safe_monotone = true;  ///< true: DKW band; false: items flip, alpha spending
  double exact = 0;
  Interval exact_now;  ///< Wilson
  double log_loss = 0;
  double chance = 0, floor = 0, exact_floor = 0, target = 0.9;
  double best = 0;
  Step best_step = 0;
  Timestamp last_improvement{};  ///< the progress detector alarmed, or the task became mastered
  Step last_improvement_step = 0;
  Verdict verdict = Verdict::kDormant;
  Step since_step = 0;
  /// The detectors began anew above this step and have not alarmed since: a verdict of theirs
  /// (learning, stalled, regressing) is from before it.
  std::optional<Step> rearmed_step;
  std::optional<double> slope_per_doubling;
  std::optional<double> slope_upper;      ///< of that slope, two standard errors above it
  std::optional<double> noise_sd;         ///< root of the long-run variance, once detectors run
  std::optional<double> autocorrelation;  ///< lag 1, estimated
  bool strict_claim = true;  ///< the stated error rate holds: STRICT, autocorrelation at most 0.8
  Evidence progress, stall, regress;
  Watch watch;
  std::optional<Forecast> forecast;  ///< from the first verdict above dormant on
  bool just_lost = false;            ///< the reason why there is no forecast: the skill has fallen
  std::optional<Threshold> threshold;  ///< from the first score on
  std::optional<SealedGap> sealed;     ///< once sealed items were asked
  std::optional<VerdictChange> last_change;
  std::vector<FacetProgress> facets;
  std::string bottleneck;  ///< the lowest facet; empty where there is none
  /// The facet that switched on, within half a doubling, where the task as a whole grew bit by bit;
  /// the one with the narrowest rise. Empty where there is none.
  std::string switched_on;
  double stream_share = 0;  ///< own examples per example since the last probe but one
  std::uint64_t improved = 0, stalled = 0, regressed = 0, recovered = 0,
                mastered = 0;  ///< state changes so far

  bool operator==(const TaskProgress&) const = default;
};

/// Whether the present slope alone, at its upper end, reaches the target within one more doubling.
bool slope_reaches_target(const TaskProgress& task);

struct TierProgress {
  std::string tier;
  Verdict verdict =
      Verdict::kDormant;  ///< mastered when all tasks are, else the highest code among the others
  double score = 0;       ///< mean over tasks
  /// That all tasks are at their targets within one doubling: if their skills are independent, and
  /// if they come together. None while a task has no forecast.
  std::optional<Interval> belief = std::nullopt;

  bool operator==(const TierProgress&) const = default;
};

/// Everything that metrics, pages, files and the API show of progress; immutable once published.
struct ProgressReport {
  std::string run;
  std::uint32_t attempt = 1;
  std::string ladder;
  int ladder_version = 1;
  Step step = 0;
  Timestamp time{};
  double false_alarms_per_run = 0.05;
  /// The step since which no score of any task has changed by a bit; see UnchangedModel.
  std::optional<Step> unchanged_since;
  bool unchanged_suspected = false;  ///< the newest snapshot showed no change
  ForecastCalibration calibration;   ///< what became of the forecasts so far
  std::vector<TaskProgress> tasks;   ///< in ladder order
  std::vector<TierProgress> tiers;
  std::vector<TaskChange> changes;      ///< the newest 256, in order; without their items
  std::uint64_t changed = 0;            ///< all of the run
  std::vector<Annotation> annotations;  ///< the newest 100, in the order they were declared
  std::uint64_t annotated = 0;          ///< all notes of the run

  bool operator==(const ProgressReport&) const = default;
};

/// The report's annotations without the faults that lie ahead at `step`.
std::vector<Annotation> annotations_until(const ProgressReport& report, Step step);

}  // namespace gradus
