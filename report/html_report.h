#pragma once

#include <string>

#include "report/report_data.h"

namespace gradus {

/// The report as one HTML file: no script, no other file, no network; light and dark, on paper too.
std::string html_report(const ReportData& data);

}  // namespace gradus
