#include "report/report_format.h"

#include <array>
#include <cstdio>

#include "base/atomic_file.h"
#include "report/html_report.h"
#include "report/json_report.h"
#include "report/markdown_report.h"
#include "report/report_loader.h"

namespace gradus {
namespace {

constexpr std::array kFormats = {
    ReportFormat{.name = "html", .extension = "html", .write = html_report},
    ReportFormat{.name = "json", .extension = "json", .write = json_report},
    ReportFormat{.name = "markdown", .extension = "md", .write = markdown_report},
};
constexpr Registry kRegistry{kFormats};

}  // namespace

Registry<ReportFormat> report_formats() { return kRegistry; }

Result<void> write_report(const std::filesystem::path& directory, const ReportFormat& format,
                          const std::filesystem::path& out) {
  const auto data = load_report(directory);
  if (!data) return tl::unexpected(data.error());
  const std::string text = format.write(*data);
  if (out != "-") return write_file_atomically(out, text);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    return fail(ErrorCode::kIo, "standard output cannot be written");
  return {};
}

}  // namespace gradus
