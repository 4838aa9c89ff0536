#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "describe/ladder_table.h"
#include "describe/run_view.h"

namespace gradus {

/// What there is to show of a run at one moment.
struct DisplayFrame {
  std::shared_ptr<const ProgressReport> report;  ///< null: nothing to show of a ladder
  std::string headline;
  RunStatus status;
  std::string run, url;  ///< its name, and where its page is
  std::string trouble;   ///< why nothing new is known; empty where it is
  bool ending = false;   ///< the end has begun
};
/// The frame of a run of this process that has lasted `seconds`.
DisplayFrame display_frame(const RunView& view, double seconds);

/// Shows a run to whoever started the command.
/// Threads: owned by the main thread.
class Display {
 public:
  virtual ~Display() = default;
  /// Shows what is new; call it a few times a second. `seconds` is any clock of the caller.
  virtual void tick(const DisplayFrame& frame, double seconds) = 0;
  /// Shows the end.
  virtual void finish(const DisplayFrame& frame, double seconds) = 0;
};

/// Lines: every few seconds one, and one for each change of a verdict; or one line that is renewed
/// in place, cut to the width of the terminal; or nothing.
class LineDisplay final : public Display {
 public:
  enum class Mode : std::uint8_t { kLines, kProgressLine, kQuiet };

  LineDisplay(Mode mode, std::FILE* out) : mode_(mode), out_(out) {}
  void tick(const DisplayFrame& frame, double seconds) override;
  void finish(const DisplayFrame& frame, double seconds) override;

 private:
  void renew_line(const DisplayFrame& frame);
  void print_lines(const DisplayFrame& frame, double seconds);
  void print_changes(const ProgressReport& report);

  Mode mode_;
  std::FILE* out_;
  double next_line_ = 0;
  std::map<std::string, Verdict> verdicts_;
};

}  // namespace gradus
