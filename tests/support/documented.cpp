#include "tests/support/documented.h"

#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <fcntl.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

namespace gradus::test {
namespace {

constexpr const char* kDocument = "docs/statistics.md";

/// Tests that update the document run as processes side by side; each holds this while it reads
/// and writes.
class DocumentLock {
 public:
  DocumentLock() : file_(open(kDocument, O_RDONLY | O_CLOEXEC)) { flock(file_, LOCK_EX); }
  ~DocumentLock() { close(file_); }
  DocumentLock(const DocumentLock&) = delete;
  DocumentLock& operator=(const DocumentLock&) = delete;

 private:
  int file_;
};

std::vector<std::string> read_lines() {
  std::vector<std::string> lines;
  std::ifstream file(kDocument);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// In place, so that the lock stays on the same file.
void write_lines(const std::vector<std::string>& lines) {
  std::ofstream file(kDocument, std::ios::trunc);
  for (const std::string& line : lines) file << line << '\n';
}

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

/// The cells between the bars of "| a | b |"; none where the line is no row.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  if (line.empty() || line[0] != '|') return cells;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) cells.push_back(trimmed(cell));
  return cells;
}

std::string row_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += cell.empty() ? " |" : " " + cell + " |";
  return line;
}

/// A table of the document: where its lines are and what its columns are called.
struct Table {
  std::vector<std::string> columns;
  std::size_t first = 0, end = 0;  // of the rows below the heading
};

std::optional<Table> find_table(const std::vector<std::string>& lines, const std::string& name) {
  const std::string begin = "<!-- measured: " + name + " -->";
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at] != begin) continue;
    Table table;
    for (++at; at < lines.size() && lines[at] != "<!-- end -->"; ++at) {
      if (cells_of(lines[at]).empty()) continue;
      if (table.columns.empty()) {
        table.columns = cells_of(lines[at]);
        table.first = at + 2;  // below the line that divides heading and rows
      }
      table.end = at + 1;
    }
    return table;
  }
  return std::nullopt;
}

std::size_t column_of(const Table& table, const std::string& name) {
  for (std::size_t i = 1; i < table.columns.size(); ++i)
    if (table.columns[i] == name) return i;
  return 0;
}

std::size_t line_of(const std::vector<std::string>& lines, const Table& table,
                    const std::string& row) {
  for (std::size_t at = table.first; at < table.end; ++at) {
    const auto cells = cells_of(lines[at]);
    if (!cells.empty() && cells[0] == row) return at;
  }
  return 0;
}

bool is_number(const std::string& word, double* value) {
  char* end = nullptr;
  *value = std::strtod(word.c_str(), &end);
  return end != word.c_str() && (*end == '\0' || *end == ',' || *end == ';' || *end == ')');
}

bool same(const std::string& written, const std::string& measured) {
  std::istringstream left(written), right(measured);
  std::string one, other;
  while (left >> one) {
    if (!(right >> other)) return false;
    double a = 0, b = 0;
    const bool numbers = is_number(one, &a) && is_number(other, &b);
    if (numbers ? std::abs(a - b) > kDocumentedTolerance : one != other) return false;
  }
  return !(right >> other);
}

}  // namespace

void expect_documented(const std::string& table_name, const std::vector<DocumentedCell>& cells) {
  const char* update = std::getenv("GRADUS_UPDATE_GOLDEN");
  const DocumentLock lock;
  std::vector<std::string> lines = read_lines();
  const auto table = find_table(lines, table_name);
  ASSERT_TRUE(table) << kDocument << " has no table '" << table_name << "'";
  for (const DocumentedCell& cell : cells) {
    const std::size_t column = column_of(*table, cell.column);
    const std::size_t line = line_of(lines, *table, cell.row);
    ASSERT_TRUE(column > 0 && line > 0) << kDocument << ", table '" << table_name << "': no row '"
                                        << cell.row << "' with a column '" << cell.column << "'";
    std::vector<std::string> row = cells_of(lines[line]);
    row.resize(table->columns.size());
    if (update == nullptr && !same(row[column], cell.text))
      ADD_FAILURE() << kDocument << ", line " << line + 1 << ", column '" << cell.column
                    << "': says '" << row[column] << "', measured '" << cell.text
                    << "'; GRADUS_UPDATE_GOLDEN=1 writes what is measured";
    row[column] = cell.text;
    lines[line] = row_line(row);
  }
  if (update != nullptr) write_lines(lines);
}

std::string rate_text(double rate) {
  if (rate == 0) return "0";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", rate);
  std::string digits = text.data();
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return digits[0] == '0' && digits.size() > 1 ? digits.substr(1) : digits;
}

std::string doublings_text(double doublings) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", doublings);
  return text.data();
}

}  // namespace gradus::test
