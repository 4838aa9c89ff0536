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
  /// Whether a quote of the row was never closed: it then reaches to the end of the text.
  bool unclosed() const { return unclosed_; }

 private:
  void read_quoted(std::string& field);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 1, row_line_ = 1;
  bool unclosed_ = false;
};

/// The separator of a table: the one of comma, semicolon and tab that its first line holds most of;
/// a comma where it holds none.
char separator_of(std::string_view text);

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace gradus
