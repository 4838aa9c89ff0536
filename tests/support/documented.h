#pragma once

#include <string>
#include <vector>

namespace gradus::test {

/// A measured cell of a table in a document.
struct DocumentedCell {
  std::string row;     ///< the text of the row's first cell
  std::string column;  ///< the text of the column's heading
  std::string text;
};

/// Holds a table of docs/statistics.md to what a test measured. The table stands between the lines
/// `<!-- measured: TABLE -->` and `<!-- end -->`; rows and columns are there already. With
/// GRADUS_UPDATE_GOLDEN=1 the cells are written (several tests may do so at once); without it a
/// failure is recorded where a word differs, or a number by more than `kDocumentedTolerance`.
void expect_documented(const std::string& table, const std::vector<DocumentedCell>& cells);

/// What another processor's arithmetic may change: one probe at 40 a doubling (0.025), or twelve
/// runs of 500.
inline constexpr double kDocumentedTolerance = 0.026;

/// "0", "1", ".043": a rate as the documents print it, with three digits at most.
std::string rate_text(double rate);
/// "1.23": a delay in doublings.
std::string doublings_text(double doublings);

}  // namespace gradus::test
