#include "report/report_format.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/atomic_file.h"
#include "report/html_report.h"
#include "report/json_report.h"
#include "report/markdown_report.h"
#include "report/report_loader.h"

namespace gradus {
namespace {

constexpr std::array<ReportFormat, 3> kFormats = {{{"html", "html", &html_report},
                                                   {"json", "json", &json_report},
                                                   {"markdown", "md", &markdown_report}}};

}  // namespace

std::span<const ReportFormat> report_formats() { return kFormats; }

const ReportFormat* find_report_format(std::string_view name) {
  const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                   [&](const ReportFormat& each) { return each.name == name; });
  return found == kFormats.end() ? nullptr : found;
}

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
