#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "probes/score.h"
#include "progress/crossing_times.h"
#include "progress/curve_filter.h"
#include "progress/long_run_variance.h"

namespace gradus {

/// Curves of the positions of an answer, each with a filter of its own, and when the whole answer
/// is at its target if all of them go on as they do: the last position to come decides, which a
/// mean score does not show. q of an answer is the geometric mean over its positions, so the log of
/// the score is near the mean of theirs.
/// Source: docs/statistics.md, "Positions". Threads: owned by the probe thread.
/// Memory: 200 kB a position, flat. Cost: 15 us a position, for a score and its crossing; no
/// allocation after the first score.
class PositionCurves {
 public:
  /// Takes the positions among the facets of the next score. Those that fewer than a quarter of its
  /// items have are left out. `u` is in doublings and rises.
  void add(double u, std::uint32_t items, std::span<const FacetScore> facets);
  /// The past counts for nothing as to noise, for `share` as to the curves.
  void discount(double share);

  /// There are two positions at least: one alone says what the score says.
  bool tell() const { return positions_.size() > 1; }
  /// When the score, `score` by now, crosses `target`, from the newest score on. Only where they
  /// tell.
  CrossingTimes crossing(double target, double score);

 private:
  static constexpr std::size_t kDraws = 64;

  struct Position {
    std::size_t facet = 0;  // its place among the facets
    CurveFilter filter;
    LongRunVariance noise;
    double weight = 0;  // its share of all answers' positions
    double score = 0;
    std::array<GrowthCurve, kDraws> draws{};
  };

  void begin(std::uint32_t items, std::span<const FacetScore> facets);
  double log_score() const;

  std::vector<Position> positions_;
  double u_ = 0;
  bool begun_ = false;
};

}  // namespace gradus
