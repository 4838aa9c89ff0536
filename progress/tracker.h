#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ladders/ladder.h"
#include "probes/score.h"
#include "progress/profile.h"
#include "progress/report.h"

namespace gradus {

struct TrackerOptions {
  std::string run;
  std::uint32_t attempt = 1;
  double false_alarms_per_run = 0.05;  ///< split over the run's detectors: alpha / (2 * tasks)
  unsigned planned_probes = 400;       ///< T of the e-detector
  Profile profile = Profile::kStrict;
  bool foretells = true;  ///< false: verdicts alone, without forecasts
};

/// What is known of a verdict change beyond the scores.
struct ChangeExplanation {
  TaskIndex task = 0;
  Step step = 0;  ///< of the change
  std::vector<LostAnswer> lost_answers;
  std::optional<StreamWindow> stream;
};

/// Scores in, report out: holds the curve statistics and the verdict of every task.
/// Source: docs/statistics.md. Scores of one task come in order of their steps, evenly spaced or
/// not; one that is not above the newest step, of no items or of a task that the ladder lacks is
/// ignored. A score that is not a number counts as 0: such a model gives no right answers. A new
/// set of items begins a new curve. The same scores give the same report, so a tracker is rebuilt
/// by feeding it the history, in portions of any size.
/// Threads: owned by the probe thread. Cost: below 50 us a task and probe, memory flat.
class Tracker {
 public:
  Tracker(const Ladder& ladder, TrackerOptions options);
  ~Tracker();

  /// Takes the scores of one snapshot and gives the new report. Verdict changes are in it as
  /// last_change with this step.
  std::shared_ptr<const ProgressReport> update(std::span<const Score> scores);
  /// Takes the scores of sealed items beside `open`, the newest scores, of the same snapshot, and
  /// gives the new report. No verdict and no forecast knows of the comparison; it is not kept in
  /// the history, so that it is empty after a restart until the next one.
  std::shared_ptr<const ProgressReport> compare(std::span<const Score> open,
                                                std::span<const Score> sealed);
  /// Takes an annotation, which from now on is in the report; no score that it should come before
  /// was taken yet, and those of earlier steps may still come. Where it re-arms, the statistics of
  /// every task begin anew with the first score above its step, and the verdicts stay: so a tracker
  /// that is given all annotations and then the scores ends as one that took them as they came.
  std::shared_ptr<const ProgressReport> annotate(const Annotation& annotation);
  /// Adds to verdict changes what else is known of them; one that is no longer in the report is
  /// passed over.
  std::shared_ptr<const ProgressReport> explain(std::span<const ChangeExplanation> explanations);
  /// The report as it stands.
  std::shared_ptr<const ProgressReport> report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gradus
