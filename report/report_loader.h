#pragma once

#include <filesystem>

#include "base/result.h"
#include "report/report_data.h"

namespace gradus {

/// Reads progress.json and history.db of a run's data directory; the run may go on meanwhile.
/// Errors: kNotFound where the directory or the run is not there; kForeign for another version's
/// files; kCorrupt; kIo.
Result<ReportData> load_report(const std::filesystem::path& directory);

}  // namespace gradus
