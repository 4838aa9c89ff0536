#pragma once

#include <string>

#include "app/report/report_data.h"

namespace gradus {

/// The report as one JSON object in the words of /api/v1/progress and /api/v1/history.
std::string json_report(const ReportData& data);

}  // namespace gradus
