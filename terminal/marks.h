#pragma once

#include <string>
#include <vector>

#include "progress/report.h"
#include "terminal/screen.h"

namespace gradus {

/// An event of a run as the terminal shows it: on the axis of the curves and in a line of its own.
struct Mark {
  Step step = 0;
  std::string glyph;
  std::string text;  ///< safe
  Style style = Style::kNote;
};

/// What was declared and has happened by `step`, in the order of the report: ▼ a fault, ▽ a note.
std::vector<Mark> marks_of(const ProgressReport& report, Step step);

/// The newest marks that fit into one line: "▼ the fault 'stall' strikes (200k)  ▽ rate halved
/// ...".
ScreenLine marks_line(const std::vector<Mark>& marks, std::size_t width);

}  // namespace gradus
