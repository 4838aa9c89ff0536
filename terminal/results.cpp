#include "terminal/results.h"

#include <algorithm>

#include "describe/error_rate_words.h"
#include "terminal/cells.h"
#include "terminal/ladder_view.h"

namespace gradus {

std::string results_text(const DisplayFrame& frame, const ScoreTrails& trails, std::size_t width,
                         Palette palette) {
  // One column is left free: some terminals break a line that fills the last one.
  width = std::max(width, LadderView::kSmallest.columns) - 1;
  std::string out = text_within(status_line(frame.status), width) + "\n";
  if (!frame.report) return out;
  const ProgressReport& report = *frame.report;
  out += text_within(safe_text(frame.headline), width) + "\n\n";
  const Step step = std::max(frame.status.step, report.step);
  const std::vector<Mark> marks = marks_of(report, step);
  const SparkAxis axis{trails, marks, trails.first_step(), step};
  const LadderTable table{report, axis, width};
  out += header_line(table).encoded(palette) + "\n";
  for (const LadderRow& row : ladder_rows(report, RowOrder::kLadder, {}, report.tasks.size()))
    out += row_line(table, row, Selection::kNone).encoded(palette) + "\n";
  if (!marks.empty()) out += marks_line(marks, width).encoded(palette) + "\n";
  if (const std::string withdrawn = withdrawn_words(report); !withdrawn.empty())
    out += text_within(withdrawn, width) + "\n";
  return out;
}

std::string text_within(std::string_view text, std::size_t width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    bool first = true;
    for (const std::string& part : wrap_text(line, width)) {
      if (!first) out += '\n';
      out += part;
      first = false;
    }
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

}  // namespace gradus
