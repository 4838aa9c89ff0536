#pragma once

#include <string>
#include <vector>

#include "terminal/screen.h"

namespace gradus {

/// Turns what a screen shall show into what must be sent for it: only lines that have changed, and
/// nothing that scrolls or wraps.
/// Threads: owned by one.
class ScreenPainter {
 public:
  explicit ScreenPainter(Palette palette) : palette_(palette) {}

  /// What to write so that the screen shows these lines from the top, and nothing below them.
  std::string paint(const ScreenLines& lines, TerminalSize size);
  /// The next painting sends everything: somebody else has written to the screen.
  void forget() { shown_.clear(); }

 private:
  Palette palette_;
  TerminalSize size_;
  std::vector<std::string> shown_;  // by row; empty: not known
};

}  // namespace gradus
