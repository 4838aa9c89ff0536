#pragma once

#include <cstdio>
#include <map>
#include <string>

#include "app/run_view.h"

namespace gradus {

/// Shows a run in the terminal: a table that redraws in place, or plain lines (every few seconds,
/// and each verdict change) where the output is a file or a pipe.
/// Threads: owned by the main thread.
class Display {
 public:
  enum class Mode : std::uint8_t { kTable, kLines, kProgressLine, kQuiet };
  /// The table on a terminal, else lines.
  static Mode mode_for(std::FILE* out);

  Display(Mode mode, std::FILE* out) : mode_(mode), out_(out) {}
  /// Draws what is new; call it a few times a second.
  void tick(const RunView& view, double seconds);
  /// Draws a last time and leaves the cursor below.
  void finish(const RunView& view, double seconds);

 private:
  void draw_table(const RunView& view, double seconds);
  void print_lines(const RunView& view, double seconds);
  void print_changes(const ProgressReport& report);
  double rate(const RunView& view, double seconds);

  Mode mode_;
  std::FILE* out_;
  int lines_above_ = 0;  // lines that the next redraw writes over
  std::uint64_t log_lines_ =
      0;  // log lines seen at the last redraw: they may have scrolled the table
  double next_line_ = 0;
  double rate_ = 0, rate_seconds_ = 0;
  Step rate_step_ = 0;
  bool rate_known_ = false;
  std::map<std::string, Verdict> verdicts_;
};

}  // namespace gradus
