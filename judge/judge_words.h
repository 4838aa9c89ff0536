#pragma once

#include <string>
#include <vector>

#include "judge/judgement.h"
#include "progress/report.h"

namespace gradus {

/// How the curves stand, in one sentence: "Of 20 curves 3 are mastered, 14 learning, 2 stalled
/// (add3, mul) and 1 dormant."
std::string judged_headline(const ProgressReport& report);

/// One change of a verdict as a line of JSON: `task, tier, step, verdict, from, score, evidence`,
/// the window of the evidence with its slopes, and the same in words.
std::string change_line(const ReportData& data, const JudgedChange& change);

/// The last word on one curve as a line of JSON: `summary: true` and the words of /api/v1/progress;
/// what is not known of it is null.
std::string summary_line(const TaskStory& task, std::size_t scores);

/// The curves as a table for people, one line each with a small drawing, and the headline.
std::string judged_table(const ReportData& data);

}  // namespace gradus
