#pragma once

#include <string>
#include <string_view>

#include "report/report_data.h"

namespace gradus {

/// The style sheet of the report.
std::string_view html_style();

/// A list of what the symbols of a chart mean, from its `<li>` entries.
std::string legend(const std::string& entries);

/// A verdict as a chip with its symbol and its word.
std::string verdict_chip(Verdict verdict);

/// "0.62 [0.58, 0.66]"; without the interval where it is not known.
std::string score_words(const TaskStory& task);

/// Where each task stands: one table over all tiers.
std::string html_ladder(const ReportData& data);
/// What was learned in which order, on both clocks.
std::string html_order(const ReportData& data);
/// A card a task, by tier: curves, evidence, facets, mistakes.
std::string html_curves(const ReportData& data);
/// How the forecasts came out; nothing where none was made.
std::string html_calibration(const ForecastCalibration& calibration);
/// What happened, in order of steps.
std::string html_events(const ReportData& data);
/// Stream, learner, configuration, versions.
std::string html_facts(const ReportData& data);

}  // namespace gradus
