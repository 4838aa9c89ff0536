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

}  // namespace gradus
