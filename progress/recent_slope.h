#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace gradus {

/// The slope of a curve over its last 1.2 doublings by least squares: a description for people,
/// apart from the detectors, whose windows start anew after every alarm.
/// The window moves in steps of 1/40 doubling, each kept as sums, so memory is the same at any
/// density of probes. Units: score per doubling. Threads: owned by the probe thread.
/// Cost: O(49) a read, no allocation.
class RecentSlope {
 public:
  /// Takes the next score; u does not fall.
  void add(double u, double score);
  /// Nothing below 8 scores or a third of a doubling in the window.
  std::optional<double> value() const;

 private:
  static constexpr double kCellsPerDoubling = 40;
  static constexpr std::size_t kCells = 49;  // 1.2 doublings and the cell being filled

  /// Sums over the scores of one cell, u counted from origin_.
  struct Cell {
    std::int64_t number = -1;
    double count = 0, u = 0, uu = 0, score = 0, u_score = 0, first_u = 0;
  };

  std::array<Cell, kCells> cells_{};  // cell `number` lies at number % kCells
  double origin_ = 0, newest_u_ = 0;
  bool begun_ = false;
};

}  // namespace gradus
