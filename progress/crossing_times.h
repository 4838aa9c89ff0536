#pragma once

#include <array>
#include <optional>

namespace gradus {

/// When a curve crosses a target, as a distribution over doublings from now: bins of 0.05 from two
/// doublings ago to 28 ahead, smeared by what the curves leave open and cut by the chance of a
/// plateau that none of them has.
/// Source: docs/statistics.md, "Forecasts". Threads: a value. Cost: 2.4 kB; `spread`
/// O(bins^2) at the worst, no allocation once the weights are there.
class CrossingTimes {
 public:
  static constexpr int kBins = 600;
  static constexpr double kBinWidth = 0.05;    ///< doublings
  static constexpr double kFirst = -2;         ///< where the first bin begins
  static constexpr double kEver = 12;          ///< what "ever" means
  static constexpr double kUnmodelled = 0.03;  ///< chance of a plateau that no curve has

  using Histogram = std::array<float, kBins>;

  /// Never. The distribution of a curve that has none.
  CrossingTimes() = default;
  /// Makes the weights of `spread`, 0.5 MB for the whole process, which its first call would make.
  static void prepare();
  /// `mass`: of each bin; what is missing to 1 crosses later or never. `unmodelled`: the chance
  /// that the curve does none of it.
  static CrossingTimes spread(const Histogram& mass, double unmodelled = kUnmodelled);

  /// From the probability of a crossing until the beginning of each bin, which does not fall.
  static CrossingTimes cumulated(const Histogram& until);

  /// Probability of a crossing until so many doublings from now, through the bin that begins there.
  double until(double doublings) const;
  double ever() const { return until(kEver); }
  /// The beginning of the first bin at which the probability reaches p; empty where it never does.
  std::optional<double> quantile(double p) const;
  /// The same given that it crosses within twelve doublings.
  std::optional<double> quantile_if_ever(double p) const { return quantile(p * ever()); }

 private:
  Histogram cumulated_{};
};

}  // namespace gradus
