#include "progress/normal_mixture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradus {

double log_normal_cdf(double x) {
  if (x >= -8) return std::log(0.5 * std::erfc(-x / std::numbers::sqrt2));
  const double inverse_square = 1 / (x * x);
  const double log_sqrt_two_pi = 0.5 * std::log(2 * std::numbers::pi);
  return -0.5 * x * x - std::log(-x) - log_sqrt_two_pi +
         std::log1p(-inverse_square + 3 * inverse_square * inverse_square);
}

double log_sum_exp(std::span<const double> terms) {
  if (terms.empty()) return -std::numeric_limits<double>::infinity();
  const double largest = *std::max_element(terms.begin(), terms.end());
  double sum = 0;
  for (const double term : terms) sum += std::exp(term - largest);
  return largest + std::log(sum);
}

double log_normal_mixture(double sum, double variance, double tau) {
  const double rho = 1 / (tau * tau);
  const double total = variance + rho;
  return 0.5 * std::log(4 * rho / total) + sum * sum / (2 * total) +
         log_normal_cdf(sum / std::sqrt(total));
}

double log_slope_evidence(double sum, double variance) {
  std::array<double, kSlopeScales.size()> terms;
  for (std::size_t i = 0; i < terms.size(); ++i)
    terms[i] = log_normal_mixture(sum, variance, kSlopeScales[i]);
  return log_sum_exp(terms) - std::log(static_cast<double>(terms.size()));
}

double most_slope_evidence(double sum, double variance, double log_scale) {
  // E = 2 sqrt(rho/T) exp(x^2/2) Phi(x) with T = V + rho and x = S/sqrt(T): Phi <= 1, and
  // exp(x^2/2) Phi(x) <= 1/2 for x <= 0.
  constexpr double kNegligible = 8;
  if (sum <= 0) return std::exp(-log_scale);
  if (sum * sum < 2 * variance * (log_scale - kNegligible)) return 2 * std::exp(-kNegligible);
  double most = 0;
  for (const double tau : kSlopeScales) {
    const double rho = 1 / (tau * tau), total = variance + rho;
    most += 2 * std::sqrt(rho / total) * std::exp(sum * sum / (2 * total) - log_scale);
  }
  return most / static_cast<double>(kSlopeScales.size());
}

}  // namespace gradus
