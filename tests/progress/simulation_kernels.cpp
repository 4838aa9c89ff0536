#include "tests/progress/simulation_kernels.h"

#include <cmath>

namespace gradus::test {

void make_normal(std::span<double> radii, std::span<const double> angles) {
  constexpr double kTwoPi = 6.283185307179586;
  for (std::size_t i = 0; i < radii.size(); ++i)
    radii[i] = std::sqrt(-2.0 * std::log(radii[i])) * std::cos(kTwoPi * angles[i]);
}

LogisticSums sum_logistic(double level, std::span<const double> difficulty,
                          std::span<const double> noise) {
  LogisticSums sums;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    const double q = 1 / (1 + std::exp(-1.7 * (level - difficulty[i] + 0.3 * noise[i])));
    sums.sum += q;
    sums.squares += q * q;
  }
  return sums;
}

}  // namespace gradus::test
