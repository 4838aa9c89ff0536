#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "app/ladder_table.h"
#include "app/run_view.h"

namespace gradus {

/// What there is to show of a run at one moment.
struct DisplayFrame {
  std::shared_ptr<const ProgressReport> report;  ///< null: nothing to show of a ladder
  std::string headline;
  RunStatus status;
  /// Lines that were logged so far: one in between may have scrolled the table.
  std::uint64_t log_lines = 0;
};
/// The frame of a run of this process that has lasted `seconds`.
DisplayFrame display_frame(const RunView& view, double seconds);

/// Shows a run in the terminal: a table that redraws in place, or plain lines (every few seconds,
/// and each verdict change) where the output is a file or a pipe.
/// Threads: owned by the main thread.
class Display {
 public:
  enum class Mode : std::uint8_t { kTable, kLines, kProgressLine, kQuiet };
  /// The table on a terminal, else lines.
  static Mode mode_for(std::FILE* out);

  Display(Mode mode, std::FILE* out) : mode_(mode), out_(out) {}
  /// Draws what is new; call it a few times a second. `seconds` is any clock of the caller.
  void tick(const DisplayFrame& frame, double seconds);
  /// Draws a last time and leaves the cursor below.
  void finish(const DisplayFrame& frame, double seconds);

 private:
  void draw_table(const DisplayFrame& frame);
  void print_lines(const DisplayFrame& frame, double seconds);
  void print_changes(const ProgressReport& report);

  Mode mode_;
  std::FILE* out_;
  int lines_above_ = 0;          // lines that the next redraw writes over
  std::uint64_t log_lines_ = 0;  // of the last redraw
  double next_line_ = 0;
  std::map<std::string, Verdict> verdicts_;
};

}  // namespace gradus
