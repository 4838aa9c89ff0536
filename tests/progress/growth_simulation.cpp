#include "tests/progress/growth_simulation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradus::test {
namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

}  // namespace

GrowthNoise::GrowthNoise(double sd, double autocorrelation, SplitMix64& random)
    : sd_(sd),
      autocorrelation_(autocorrelation),
      fluctuation_(sd * random.normal()),
      luck_(random.normal()) {}

GrowthNoise GrowthNoise::drawn(SplitMix64& random) {
  const double sd = 0.05 * std::pow(6, random.uniform());
  const double autocorrelation = 0.9 * random.uniform();
  return {sd, autocorrelation, random};
}

void GrowthNoise::move_on(SplitMix64& random) {
  const double rho = autocorrelation_;
  fluctuation_ = rho * fluctuation_ + sd_ * std::sqrt(1 - rho * rho) * random.normal();
  luck_ = 0.5 * luck_ + std::sqrt(0.75) * random.normal();
}

double GrowthNoise::score_at(double level) const {
  const double spread = std::max(level * (1 - level), 0.005) * 0.3 / 128;
  return std::clamp(level + luck_ * std::sqrt(spread), 0.0, 1.0);
}

GrowthSimulation::GrowthSimulation(std::uint64_t seed) : random_(seed) {
  const bool never = random_.uniform() < 0.25;
  type_ = static_cast<int>(4 * random_.uniform());
  const double ceiling_draw = random_.uniform();
  ceiling_ = never ? 0.45 + 0.33 * ceiling_draw : 0.84 + 0.16 * ceiling_draw;
  midpoint_ = 8 + 5 * random_.uniform();
  steepness_ = 0.35 * std::pow(6, random_.uniform());
  first_share_ = 0.3 + 0.4 * random_.uniform();
  first_midpoint_ = midpoint_ - 1.5 - 2.5 * random_.uniform();
  first_steepness_ = 0.8 + 1.2 * random_.uniform();
  if (type_ == 0) steepness_ = 0.25 * std::pow(4, random_.uniform());
  if (type_ == 1) {
    steepness_ = 0.15 * std::pow(5, random_.uniform());
    midpoint_ = 6 + 3 * random_.uniform();
  }
  if (type_ == 2) steepness_ = 0.8 + 1.2 * random_.uniform();
  noise_ = GrowthNoise::drawn(random_);
}

double GrowthSimulation::shape(double u) const {
  switch (type_) {
    case 0:
      return normal_cdf(steepness_ * (u - midpoint_));
    case 1:
      return u > midpoint_ ? 1 - std::exp2(-steepness_ * (u - midpoint_)) : 0;
    case 2:
      return first_share_ * logistic(first_steepness_ * (u - first_midpoint_)) +
             (1 - first_share_) * logistic(steepness_ * (u - midpoint_));
    default:
      return logistic(steepness_ * (u - midpoint_));
  }
}

double GrowthSimulation::truth(double u) const { return ceiling_ * shape(u); }

double GrowthSimulation::crossing() const {
  double low = kFirst - 40, high = 200;
  if (truth(high) < kTarget) return std::numeric_limits<double>::infinity();
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2;
    (truth(middle) < kTarget ? low : high) = middle;
  }
  return high;
}

double GrowthSimulation::next() {
  if (++probe_ > 0) noise_->move_on(random_);
  return noise_->score_at(truth(u() + noise_->fluctuation()));
}

}  // namespace gradus::test
