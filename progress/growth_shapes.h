#pragma once

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <numbers>

namespace gradus {

/// The families of curves in log n that a forecast is made of: logistic (MMF), Gompertz, Weibull
/// and a shifted power law.
inline constexpr int kGrowthFamilies = 4;

/// G(x) of each family, for an array of x. Source: docs/statistics.md, "Forecasts".
template <typename Array>
std::array<Array, kGrowthFamilies> growth_shapes(const Array& x) {
  constexpr auto kLn2 = std::numbers::ln2_v<typename Array::Scalar>;
  const Array fall = (-x).exp();
  return {Array(1 / (1 + fall)), Array((-kLn2 * fall).exp()), Array(1 - (-kLn2 * x.exp()).exp()),
          Array((x > 0).select(1 - fall, 0))};
}

/// G(x) of one family.
inline double growth_shape(int family, double x) {
  switch (family) {
    case 0:
      return 1 / (1 + std::exp(-x));
    case 1:
      return std::exp(-std::numbers::ln2 * std::exp(-x));
    case 2:
      return -std::expm1(-std::numbers::ln2 * std::exp(x));
    default:
      return x > 0 ? -std::expm1(-x) : 0;
  }
}

/// The x at which G(x) = p; p in (0, 1).
inline double inverse_growth_shape(int family, double p) {
  switch (family) {
    case 0:
      return std::log(p / (1 - p));
    case 1:
      return -std::log(-std::log(p) / std::numbers::ln2);
    case 2:
      return std::log(-std::log1p(-p) / std::numbers::ln2);
    default:
      return -std::log1p(-p);
  }
}

/// One curve f(u) = g + (U - g) G(k (u - z)).
struct GrowthCurve {
  int family = 0;
  double steepness = 1, midpoint = 0, ceiling = 1, floor = 0;

  double at(double u) const {
    return floor + (ceiling - floor) * growth_shape(family, steepness * (u - midpoint));
  }
};

}  // namespace gradus
