#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Reads CSV text row by row: fields between separators, quoted ones with doubled quotes and line
/// ends inside, lines that end with LF or CRLF. Empty lines are skipped.
/// Source: RFC 4180. Departure: the separator is the reader's; what stands around the quotes of a
/// field belongs to it.
/// Threads: owned by one thread. Cost: O(bytes).
class CsvReader {
 public:
  /// `text` outlives the reader.
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  /// The next row that is not empty; false at the end.
  bool next(std::vector<std::string>& fields);
  /// The line that the row began on, from 1.
  std::size_t line() const { return row_line_; }
  /// What keeps the row from being used; empty where nothing does. Such a row is one empty field.
  /// A quote that is not closed within kMostRowBytes reaches to the end of the text.
  std::string_view wrong() const { return wrong_; }

  static constexpr std::size_t kMostRowBytes = std::size_t{1} << 20;

 private:
  bool too_long() const { return at_ - row_begin_ > kMostRowBytes; }
  void read_fields(std::vector<std::string>& fields);
  void read_quoted(std::string& field);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, row_begin_ = 0, line_ = 1, row_line_ = 1;
  std::string_view wrong_;
};

/// The separator of a table: the one of comma, semicolon and tab that its first line holds most of;
/// a comma where it holds none.
char separator_of(std::string_view text);

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace gradus
