#include "terminal/screen_painter.h"

#include <algorithm>

namespace gradus {

std::string ScreenPainter::paint(const ScreenLines& lines, TerminalSize size) {
  std::string out;
  if (size != size_ || shown_.empty()) {
    out = "\x1b[0m\x1b[2J";
    size_ = size;
    shown_.assign(size.rows, "");
  }
  for (std::size_t row = 0; row < size.rows; ++row) {
    const std::string line = row < lines.size() ? lines[row].encoded(palette_) : "";
    if (line == shown_[row]) continue;
    const std::size_t used = row < lines.size() ? lines[row].used() : 0;
    out += "\x1b[" + std::to_string(row + 1) + ";1H" + line;
    // In the last column the cursor stands on what was just written.
    if (used < size.columns) out += "\x1b[" + std::to_string(used + 1) + "G\x1b[K";
    shown_[row] = line;
  }
  return out;
}

}  // namespace gradus
