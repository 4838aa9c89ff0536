#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "progress/report.h"

namespace gradus {

/// Columns and rows of a terminal.
struct TerminalSize {
  std::size_t columns = 80, rows = 24;
  bool operator==(const TerminalSize&) const = default;
};

/// How a piece of a line looks.
enum class Style : std::uint8_t {
  kDormant,
  kLearning,
  kStalled,
  kRegressing,
  kMastered,
  kPlain,
  kBold,
  kDim,
  kReverse,
  kFault,
  kNote,
  kWarning
};
Style style_of(Verdict verdict);

/// Whether colours may be used: not where NO_COLOR is set (https://no-color.org).
enum class Palette : std::uint8_t { kColour, kNone };

/// One line of the screen, never wider than it was made: what does not fit is cut.
class ScreenLine {
 public:
  struct Span {
    std::string text;
    Style style = Style::kPlain;
    std::size_t column = 0;  ///< where it begins
  };

  explicit ScreenLine(std::size_t width) : width_(width) {}

  /// Appends a text that is safe (cells.h); "…" stands for what does not fit.
  ScreenLine& add(std::string_view text, Style style = Style::kPlain);
  /// Appends the text in exactly `cells` cells, padded or cut.
  ScreenLine& add_field(std::string_view text, std::size_t cells, Style style = Style::kPlain);
  ScreenLine& add_right(std::string_view text, std::size_t cells, Style style = Style::kPlain);
  /// Fills with blanks up to a column; nothing where the line is there already.
  ScreenLine& pad_to(std::size_t column, Style style = Style::kPlain);

  std::size_t used() const { return used_; }
  std::size_t left() const { return width_ - used_; }
  /// The text alone, blanks at its end left out.
  std::string text() const;
  /// The text with the sequences that give it its look. A terminal may draw other characters than
  /// ASCII wider or narrower than they were counted: after such a span it is told the column.
  std::string encoded(Palette palette) const;

 private:
  std::size_t width_;
  std::size_t used_ = 0;
  std::vector<Span> spans_;
};

using ScreenLines = std::vector<ScreenLine>;

}  // namespace gradus
