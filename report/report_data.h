#pragma once

#include <string>
#include <utility>
#include <vector>

#include "describe/milestones.h"
#include "describe/progress_document.h"
#include "history/history.h"
#include "progress/annotation.h"
#include "progress/report.h"

namespace gradus {

/// A held-out item that the model answers wrongly now.
struct Mistake {
  std::string question, answer, given;
  double q = 0;  ///< the probability it gives to the right answer
};

/// What is known of a curve: all of a run's own, less of one from elsewhere.
struct CurveKnowledge {
  bool items = true;      ///< how many there are, and so an interval
  bool exact = true;      ///< exact match
  bool own_steps = true;  ///< examples of the task itself, the spread over its items and its loss
};

/// All that a report tells of one task.
struct TaskStory {
  TaskProgress now;
  std::string title;              ///< for people; the task's name where it has none
  std::vector<CurvePoint> curve;  ///< as fine as it is drawn
  Milestones milestones;
  std::vector<VerdictChange> changes;  ///< in order
  std::vector<Mistake> mistakes;       ///< a few, the least likely first
  CurveKnowledge known{};
};

struct TierStory {
  TierProgress now;
  std::string title;
};

/// Everything that a report tells, in whatever form: of a run, or of curves from elsewhere, which
/// have no learner, stream, attempts or origin.
struct ReportData {
  std::string run;
  std::string ladder;  ///< empty: learned without probes
  int ladder_version = 1;
  std::string headline;
  std::string error_budget;  ///< in words; empty without tasks
  std::string watch;         ///< how closely the tasks are watched, and at what cost, in words
  Step step = 0;             ///< examples learned
  Timestamp time{};          ///< when this was so
  std::vector<TierStory> tiers;
  std::vector<TaskStory> tasks;         ///< in ladder order
  std::vector<Annotation> annotations;  ///< in order of their steps
  ForecastCalibration calibration;
  std::vector<Attempt> attempts;
  std::optional<LearnerFigures> learner;
  std::optional<StreamFigures> stream;
  RunOrigin origin;                              ///< no revision: there was no run
  std::string source = "the run's own history";  ///< what the report is made from
};

/// Whether any task has a clock of its own.
bool knows_own_steps(const ReportData& data);

/// Something that happened, in order of steps.
struct ReportEvent {
  enum class Kind : std::uint8_t { kAttempt, kVerdict, kNote, kFault };
  Kind kind = Kind::kVerdict;
  Step step = 0;
  Timestamp time{};
  std::string task;                ///< of a verdict
  Verdict to = Verdict::kDormant;  ///< of a verdict
  std::string text;
};

/// Verdict changes, attempts and annotations, merged; of attempts only if there are several.
std::vector<ReportEvent> report_events(const ReportData& data);

}  // namespace gradus
