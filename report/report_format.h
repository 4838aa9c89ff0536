#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/registry.h"
#include "base/result.h"
#include "report/report_data.h"

namespace gradus {

/// A form in which a report can be written.
struct ReportFormat {
  std::string_view name;
  std::string_view extension;
  std::string (*write)(const ReportData&);
};

/// All formats.
Registry<ReportFormat> report_formats();

/// Reads the run in `directory` and writes its report to `out` ("-": stdout).
/// Errors: those of load_report and of writing.
Result<void> write_report(const std::filesystem::path& directory, const ReportFormat& format,
                          const std::filesystem::path& out);

}  // namespace gradus
