#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "report/report_data.h"

namespace gradus {

/// The words of /api/v1/progress for a task; what is not known of it is null.
nlohmann::ordered_json known_task_json(const TaskStory& task);

/// The report as one JSON object in the words of /api/v1/progress and /api/v1/history.
std::string json_report(const ReportData& data);

}  // namespace gradus
