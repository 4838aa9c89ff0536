#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace gradus {

/// A straight line by least squares, in the middle of its points.
struct RecentLine {
  double count = 0;   ///< points
  double ago = 0;     ///< doublings from the middle to the newest point
  double score = 0;   ///< in the middle
  double slope = 0;   ///< per doubling
  double spread = 0;  ///< sum of squares of u around the middle
};

/// The line through the newest part of a curve: for people, and a forecast that others must beat;
/// apart from the detectors, whose windows start anew after every alarm.
/// The window moves in steps of 1/40 doubling, each kept as sums, so memory is the same at any
/// density of probes. Units: score per doubling. Threads: owned by the probe thread.
/// Cost: O(61) a read, no allocation.
class RecentSlope {
 public:
  static constexpr double kLongest = 1.5;  ///< doublings

  /// `doublings`: length of the window, at most kLongest.
  explicit RecentSlope(double doublings = 1.2)
      : window_cells_(static_cast<std::int64_t>(doublings * kCellsPerDoubling + 0.5) + 1) {}

  /// Takes the next score; u does not fall.
  void add(double u, double score);
  /// Nothing below 8 scores or a third of a doubling in the window.
  std::optional<RecentLine> line() const;
  /// The slope of the line.
  std::optional<double> value() const;

 private:
  static constexpr double kCellsPerDoubling = 40;
  static constexpr std::size_t kCells = 61;  // the longest window and the cell being filled

  /// Sums over the scores of one cell, u counted from origin_.
  struct Cell {
    std::int64_t number = -1;
    double count = 0, u = 0, uu = 0, score = 0, u_score = 0, first_u = 0;
  };

  std::array<Cell, kCells> cells_{};  // cell `number` lies at number % kCells
  std::int64_t window_cells_;
  double origin_ = 0, newest_u_ = 0;
  bool begun_ = false;
};

}  // namespace gradus
