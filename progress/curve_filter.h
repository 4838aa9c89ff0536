#pragma once

#include <Eigen/Core>
#include <array>
#include <limits>
#include <optional>
#include <span>

#include "progress/crossing_times.h"
#include "progress/growth_shapes.h"

namespace gradus {

/// Of a score as it is expected some time ahead, at .05, .10, ... .95.
using ScoreQuantiles = std::array<float, 19>;

/// Where the midpoint z of a curve lies, in doublings.
struct Midpoint {
  double mean = 0, deviation = 0;
};

/// A posterior over a grid of learning curves, updated score by score:
/// f(u) = g + (U - g) G(k (u - z)), with G logistic, Gompertz, Weibull or a shifted power law in
/// log n, 14 steepnesses k, 60 midpoints z and 14 ceilings U above the floor g. Old scores fade
/// with a half-life of one doubling, and no score is believed beyond a discrepancy that curves of
/// real learners have from any formula.
/// Source: docs/statistics.md, "Forecasts". Units: u in doublings, scores in [0, 1].
/// Threads: owned by the probe thread. Memory: 200 kB, flat. Cost: below 2 ms a score and forecast,
/// no allocation after construction.
class CurveFilter {
 public:
  static constexpr int kFamilies = kGrowthFamilies;
  static constexpr int kSteepnesses = 14, kMidpoints = 60, kCeilings = 14;

  /// `floor`: g, what the score is before the skill begins; below 1.
  explicit CurveFilter(double floor);

  /// Takes the next score; u rises. `noise`: the long-run variance of the scores, positive.
  void add(double u, double score, double noise);
  /// Believes the past less: its likelihood counts for `share` from now on.
  void discount(double share) { log_likelihood_ *= static_cast<float>(share); }

  /// When the curve crosses `target`, from the newest score. `expected`: what is known of the
  /// midpoint from elsewhere.
  CrossingTimes crossing(double target,
                         const std::optional<Midpoint>& expected = std::nullopt) const;
  /// Where the scores so far put the midpoint.
  Midpoint midpoint() const;
  /// Curves that stand for the posterior, each for the same share of it, in the order of the grid
  /// (systematic sampling).
  void draw(std::span<GrowthCurve> curves) const;
  /// Quantiles of the score so many doublings from now, given its long-run variance.
  ScoreQuantiles score_ahead(double doublings, double noise) const;

 private:
  // Rows are padded to whole vector registers; the cells behind the last midpoint never weigh.
  static constexpr int kLanes = 64;
  static constexpr int kRows = kFamilies * kSteepnesses * kCeilings;
  using Row = Eigen::Array<float, kLanes, 1>;  // over midpoints
  using Shapes = std::array<Row, kFamilies>;   // G of each family
  /// What weights are read with.
  struct Weighing {
    Row prior = Row::Zero();                               // log of it, over midpoints
    float best = -std::numeric_limits<float>::infinity();  // the largest log weight
  };

  Row midpoints() const;
  Shapes shapes(double u, int steepness) const;
  void slide_midpoints(double u);
  static Eigen::Index column(int family, int steepness, int ceiling);
  float log_weight_of(int ceiling) const;

  Weighing weigh(const std::optional<Midpoint>& expected = std::nullopt) const;
  Row log_weights(const Weighing& weighing, Eigen::Index row) const;
  template <typename Take>
  double for_each_row(const Weighing& weighing, Take take) const;

  double floor_;
  std::array<double, kSteepnesses> steepness_;  // k, per doubling
  std::array<double, kCeilings> ceiling_;       // U
  double first_midpoint_ = 0;
  double last_u_ = 0;
  bool begun_ = false;
  // One column for each family, steepness and ceiling: a row of cells over midpoints.
  Eigen::Array<float, kLanes, Eigen::Dynamic> log_likelihood_;
};

}  // namespace gradus
