#pragma once

#include <cstdint>

#include "base/step.h"
#include "progress/normal_mixture.h"

namespace gradus {

/// One score of a curve, with the noise that it is judged by.
/// Units: u in doublings (log2 of the step); noise is a long-run variance, squared score.
struct CurveScore {
  Step step = 0;
  double u = 0;
  double score = 0;
  double noise = 0;
};

/// The curve since one of its points: its least-squares slope, and the evidence that its rate
/// differs from a reference, from recursive residuals.
/// Source: docs/statistics.md, "One start". Departure: none. Cost: O(1) a score, no allocation.
class SlopeStart {
 public:
  /// Begins at `first`, which carries no evidence; `reference` is a rate per doubling.
  SlopeStart(const CurveScore& first, double reference, std::uint64_t probe);

  void add(const CurveScore& next);

  /// The evidence that the curve has grown at less than the reference. A finite set of items makes
  /// even a steady curve bumpy: `items` widens the variance by that; 0 leaves it out.
  ScaledNumber slower(unsigned items) const;
  /// The evidence that the curve has grown at more than the reference.
  ScaledNumber faster() const;
  /// Upper bounds of slower(items) / exp(log_scale) and faster() / exp(log_scale) that cost little,
  /// the less the farther they are below 1.
  double most_slower(unsigned items, double log_scale) const;
  double most_faster(double log_scale) const;

  /// Least-squares slope per doubling; 0 before two different u.
  double slope() const { return spread_ > 0 ? covariance_ / spread_ : 0; }
  /// Sum of squares of u around its mean.
  double spread() const { return spread_; }
  std::uint64_t points() const { return points_; }
  double first_u() const { return first_u_; }
  Step first_step() const { return first_step_; }
  double reference() const { return reference_; }
  /// The detector's count of probes when this start was made.
  std::uint64_t probe() const { return probe_; }
  /// Sum and variance of the weighted residuals: A and V in docs/statistics.md.
  double sum() const { return sum_; }
  double variance() const { return variance_; }

 private:
  struct Residuals {
    double sum, variance;
  };
  Residuals corrected_for(unsigned items) const;

  double reference_;
  std::uint64_t probe_;
  Step first_step_;
  double first_u_, last_u_;
  std::uint64_t points_ = 1;
  double mean_u_, mean_score_;
  double spread_ = 0, covariance_ = 0;
  double sum_ = 0, variance_ = 0;
};

}  // namespace gradus
