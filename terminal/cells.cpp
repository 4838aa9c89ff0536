#include "terminal/cells.h"

#include <algorithm>
#include <clocale>
#include <cwchar>

namespace gradus {
namespace {

constexpr std::string_view kUnknown = "?";
constexpr std::string_view kEllipsis = "…";
constexpr int kMostMarks = 2;

/// One character of a text.
struct Character {
  std::string_view bytes;
  char32_t code = 0;
  bool valid = false;
};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// The character that begins at `at`; a byte that begins none stands alone and is not valid.
Character character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {text.substr(at, 1), lead, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const Character invalid{text.substr(at, 1)};
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return invalid;
  char32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[at + i])) return invalid;
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || code > 0x10FFFF || surrogate) return invalid;
  return {text.substr(at, length), code, true};
}

/// Characters without a shape of their own: they join, hide or turn around what stands beside them.
bool is_format(char32_t code) {
  return code == 0xAD || code == 0x61C || (code >= 0x180B && code <= 0x180F) ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F) ||
         code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) || code >= 0xE0000;
}

/// Cells of a character by the C library's table for UTF-8, whatever locale the process has; -1
/// where it has none. Without that table only what is known to be narrow has a width.
int width_of(char32_t code) {
  if (code < 0x7F) return code < 0x20 ? -1 : 1;
  if (code < 0xA0 || is_format(code)) return -1;
  static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr) return code < 0x300 || (code >= 0x2010 && code < 0x2600) ? 1 : -1;
  const locale_t before = ::uselocale(utf8);
  const int width = ::wcwidth(static_cast<wchar_t>(code));
  ::uselocale(before);
  return width;
}

/// Bytes of the longest beginning of `text` that takes at most `width` cells, with the marks that
/// follow its last character.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const auto more = static_cast<std::size_t>(std::max(0, width_of(next.code)));
    if (cells + more > width) return at;
    cells += more;
    at += next.bytes.size();
  }
  return text.size();
}

}  // namespace

std::string safe_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  int marks = kMostMarks;  // of the character before; at the start there is none to mark
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    at += next.bytes.size();
    const int width = next.valid ? width_of(next.code) : -1;
    if (width == 0) {
      if (marks++ < kMostMarks) out += next.bytes;
      continue;
    }
    marks = width < 0 ? kMostMarks : 0;
    out += width < 0 ? kUnknown : next.bytes;
  }
  return out;
}

std::size_t cell_count(std::string_view text) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    cells += static_cast<std::size_t>(std::max(0, width_of(next.code)));
    at += next.bytes.size();
  }
  return cells;
}

std::string cut_text(std::string_view text, std::size_t width) {
  if (bytes_within(text, width) == text.size()) return std::string(text);
  if (width == 0) return {};
  return std::string(text.substr(0, bytes_within(text, width - 1))) + std::string(kEllipsis);
}

std::vector<std::string> wrap_text(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = bytes_within(text, width);
    if (end == 0) end = character_at(text, 0).bytes.size();  // a character wider than the line
    std::size_t next = end;
    if (end < text.size()) {
      const std::size_t space = text.rfind(' ', end);
      if (space != std::string_view::npos && space > 0) {
        end = space;
        next = space + 1;
      }
    }
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  return lines;
}

}  // namespace gradus
