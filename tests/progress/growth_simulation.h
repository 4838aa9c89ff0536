#pragma once

#include <optional>

#include "base/random.h"

namespace gradus::test {

/// What a probe adds to a curve that grows: the ability fluctuates as AR(1), and each probe has the
/// luck of its items. The order of draws is part of the definition.
class GrowthNoise {
 public:
  /// `sd`: of the fluctuation, in doublings.
  GrowthNoise(double sd, double autocorrelation, SplitMix64& random);
  /// A deviation between .05 and .3 and an autocorrelation below .9, drawn.
  static GrowthNoise drawn(SplitMix64& random);

  /// To the next probe.
  void move_on(SplitMix64& random);
  /// Added to u.
  double fluctuation() const { return fluctuation_; }
  /// The score of a probe where the curve has this level.
  double score_at(double level) const;

 private:
  double sd_, autocorrelation_, fluctuation_, luck_;
};

/// Curves of a task that grows towards a ceiling, to forecast: probit, power law, two sigmoids or
/// logistic in u, a quarter of them with a ceiling below the target of 0.8; the ability fluctuates
/// as AR(1) and each probe has the luck of its items. 40 probes a doubling from u = 5 on. The order
/// of draws is part of the definition.
class GrowthSimulation {
 public:
  static constexpr double kTarget = 0.8, kFirst = 5, kLast = 26;
  static constexpr int kPerDoubling = 40;

  explicit GrowthSimulation(std::uint64_t seed);

  /// Moves on to the next probe and gives its score.
  double next();
  double u() const { return kFirst + static_cast<double>(probe_) / kPerDoubling; }
  bool ended() const { return u() + 1.0 / kPerDoubling >= kLast; }
  /// The curve without its noise.
  double truth(double u) const;
  double ceiling() const { return ceiling_; }
  /// When the curve without noise crosses the target; infinity where it never does.
  double crossing() const;
  /// Uniform, from the same source.
  double uniform() { return random_.uniform(); }

 private:
  double shape(double u) const;

  SplitMix64 random_;
  int type_ = 0;
  double ceiling_ = 1, midpoint_ = 0, steepness_ = 1;
  double first_share_ = 0, first_midpoint_ = 0, first_steepness_ = 1;  // of the first sigmoid
  std::optional<GrowthNoise> noise_;                                   // drawn last
  int probe_ = -1;
};

}  // namespace gradus::test
