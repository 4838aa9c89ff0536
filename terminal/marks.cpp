#include "terminal/marks.h"

#include "describe/step_axis.h"
#include "terminal/cells.h"

namespace gradus {

std::vector<Mark> marks_of(const ProgressReport& report, Step step) {
  std::vector<Mark> marks;
  for (const Annotation& each : report.annotations) {
    const bool fault = each.kind == AnnotationKind::kFault;
    if (has_happened(each, step))
      marks.push_back({each.step, fault ? "▼" : "▽", safe_text(each.text),
                       fault ? Style::kFault : Style::kNote});
  }
  return marks;
}

ScreenLine marks_line(const std::vector<Mark>& marks, std::size_t width) {
  constexpr std::size_t kFewestCells = 12;  // of a mark that is cut
  ScreenLine line(width);
  line.add(" ");
  for (auto mark = marks.rbegin(); mark != marks.rend() && line.left() >= kFewestCells; ++mark)
    line.add(mark->glyph + " " + short_step(mark->step) + " ", mark->style)
        .add(mark->text)
        .pad_to(line.used() + 2);
  return line;
}

}  // namespace gradus
