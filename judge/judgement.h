#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "judge/curve_file.h"
#include "progress/profile.h"
#include "report/report_data.h"

namespace gradus {

struct JudgeOptions {
  double false_alarms_per_run = 0.05;
  Profile profile = Profile::kStrict;
  double target = 0.9;                       ///< of tasks for which the file says none
  std::optional<std::uint32_t> items{};      ///< the same; nothing: not known
  std::optional<unsigned> planned_probes{};  ///< nothing: 400, or the longest curve's scores
};

/// A change of a verdict, and whose: an index into ReportData::tasks.
struct JudgedChange {
  std::size_t task = 0;
  VerdictChange change;
};

/// What the curves of a file say: all changes of verdicts in order of their steps, and the report.
struct Judgement {
  ReportData data;
  std::vector<JudgedChange> changes;
};

/// Judges every curve as `gradus run` judges its own; the file as a whole is the run whose rate of
/// false alarms is stated. The spread over items is taken as large as the mean allows. Where the
/// number of items is not known a curve is judged as if of 1,000 items, which decide when it is
/// above its floor and mastered, and its intervals are left empty.
/// Errors: kBadConfig for more curves than a ladder has tasks. Cost: below 100 us a score.
Result<Judgement> judge_curves(const CurveFile& file, const JudgeOptions& options);

}  // namespace gradus
