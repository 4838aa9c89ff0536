#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "progress/report.h"

namespace gradus {

/// The columns of the ladder on a terminal, from left to right.
enum class Column : std::uint8_t {
  kTier,
  kTask,
  kBar,       ///< the score, with the target marked
  kScore,     ///< mean q
  kInterval,  ///< 95 % of it
  kExact,
  kVerdict,
  kSpark,  ///< the scores over the examples
  kNote    ///< since when, and the forecast
};
inline constexpr std::size_t kColumns = 9;

/// How wide each column is; 0: dropped.
/// As a terminal gets narrower these drop out, in this order: note, exact, interval, tier, bar,
/// spark. Task, score and verdict always stay. What is left over widens the spark line, the bar and
/// the note, in this order.
struct ColumnPlan {
  std::array<std::size_t, kColumns> cells{};
  std::size_t gap = 2;  ///< cells between two columns

  static constexpr std::size_t kMarker = 2;  ///< cells before the first column
  std::size_t of(Column column) const { return cells[static_cast<std::size_t>(column)]; }
  std::size_t& of(Column column) { return cells[static_cast<std::size_t>(column)]; }
  /// Of all columns together, the marker included.
  std::size_t width() const;
};

/// The plan for a width of at least 40 cells.
ColumnPlan plan_columns(std::size_t width, const ProgressReport& report);

}  // namespace gradus
