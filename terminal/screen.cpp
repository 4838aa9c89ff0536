#include "terminal/screen.h"

#include <algorithm>
#include <array>

#include "terminal/cells.h"

namespace gradus {
namespace {

struct Look {
  std::string_view colour;  ///< parameters of the sequence that sets it (ECMA-48 SGR)
  std::string_view plain;   ///< the same without colours
};

Look look_of(Style style) {
  constexpr std::array<Look, 12> kLooks = {{
      {"90", "2"},      // dormant
      {"36", ""},       // learning
      {"33", "1"},      // stalled
      {"31", "1"},      // regressing
      {"32", ""},       // mastered
      {"", ""},         // plain
      {"1", "1"},       // bold
      {"2", "2"},       // dim
      {"7", "7"},       // reverse
      {"1;31", "1"},    // fault
      {"1;36", "1"},    // note
      {"1;33", "1;7"},  // warning
  }};
  return kLooks[static_cast<std::size_t>(style)];
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDormant:
      return Style::kDormant;
    case Verdict::kLearning:
      return Style::kLearning;
    case Verdict::kStalled:
      return Style::kStalled;
    case Verdict::kRegressing:
      return Style::kRegressing;
    case Verdict::kMastered:
      return Style::kMastered;
  }
  return Style::kPlain;
}

ScreenLine& ScreenLine::add(std::string_view text, Style style) {
  std::string fits = cut_text(text, left());
  if (fits.empty()) return *this;
  const std::size_t cells = cell_count(fits);
  spans_.push_back({std::move(fits), style, used_});
  used_ += cells;
  return *this;
}

ScreenLine& ScreenLine::add_field(std::string_view text, std::size_t cells, Style style) {
  const std::size_t end = used_ + cells;
  add(cut_text(text, cells), style);
  return pad_to(end);
}

ScreenLine& ScreenLine::add_right(std::string_view text, std::size_t cells, Style style) {
  const std::string fits = cut_text(text, cells);
  pad_to(used_ + cells - cell_count(fits));
  return add(fits, style);
}

ScreenLine& ScreenLine::pad_to(std::size_t column, Style style) {
  const std::size_t end = std::min(column, width_);
  if (end > used_) add(std::string(end - used_, ' '), style);
  return *this;
}

std::string ScreenLine::text() const {
  std::string out;
  for (const Span& span : spans_) out += span.text;
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string ScreenLine::encoded(Palette palette) const {
  std::string out;
  bool sure = true;  // the terminal's column is the counted one
  for (const Span& span : spans_) {
    if (!sure) out += "\x1b[" + std::to_string(span.column + 1) + "G";
    const Look look = look_of(span.style);
    const std::string_view codes = palette == Palette::kColour ? look.colour : look.plain;
    if (!codes.empty()) out += "\x1b[" + std::string(codes) + "m";
    out += span.text;
    if (!codes.empty()) out += "\x1b[0m";
    sure = is_ascii(span.text);
  }
  return out;
}

}  // namespace gradus
