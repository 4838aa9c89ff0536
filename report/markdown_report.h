#pragma once

#include <string>

#include "report/report_data.h"

namespace gradus {

/// The report as Markdown with tables, for a wiki, a pull request or a mail; curves are lines of
/// blocks, one a task.
std::string markdown_report(const ReportData& data);

/// A curve in so many characters, from "▁" for 0 to "█" for 1, evenly by log2 of the step.
std::string block_curve(std::span<const CurvePoint> curve, std::size_t characters);

}  // namespace gradus
