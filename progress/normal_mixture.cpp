#include "progress/normal_mixture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradus {
namespace {

/// The sum, of at least one, with the largest exponent taken out of it.
ScaledNumber sum_of(std::span<const ScaledNumber> terms) {
  double largest = terms.front().exponent;
  for (const ScaledNumber& term : terms) largest = std::max(largest, term.exponent);
  double sum = 0;
  for (const ScaledNumber& term : terms) sum += term.weight * std::exp(term.exponent - largest);
  return {sum, largest};
}

}  // namespace

double ScaledNumber::log() const { return std::log(weight) + exponent; }

double log_sum(std::span<const ScaledNumber> terms) {
  return terms.empty() ? -std::numeric_limits<double>::infinity() : sum_of(terms).log();
}

ScaledNumber normal_cdf(double x) {
  if (x >= -8) return {0.5 * std::erfc(-x / std::numbers::sqrt2), 0};
  const double inverse_square = 1 / (x * x);
  const double mills = (1 - inverse_square + 3 * inverse_square * inverse_square) / -x;
  return {mills * std::numbers::inv_sqrtpi / std::numbers::sqrt2, -0.5 * x * x};
}

ScaledNumber normal_mixture(double sum, double variance, double tau) {
  const double rho = 1 / (tau * tau);
  const double total = variance + rho;
  const double x = sum / std::sqrt(total);
  const ScaledNumber below = normal_cdf(x);
  return {2 * std::sqrt(rho / total) * below.weight, x * x / 2 + below.exponent};
}

ScaledNumber slope_evidence(double sum, double variance) {
  std::array<ScaledNumber, kSlopeScales.size()> terms;
  for (std::size_t i = 0; i < terms.size(); ++i)
    terms[i] = normal_mixture(sum, variance, kSlopeScales[i]);
  ScaledNumber mean = sum_of(terms);
  mean.weight /= static_cast<double>(terms.size());
  return mean;
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
