#pragma once

#include <array>
#include <span>

namespace gradus {

/// weight exp(exponent), weight > 0: evidence may lie far beyond the range of a double, and a sum
/// of such numbers takes one logarithm, not one a term.
struct ScaledNumber {
  double weight = 1;
  double exponent = 0;

  double log() const;
};

/// ln of the sum; minus infinity for none.
double log_sum(std::span<const ScaledNumber> terms);

/// The standard normal distribution function; below -8 by Mills' ratio to two terms, which is off
/// by less than 15 / x^6 of it.
ScaledNumber normal_cdf(double x);

/// A half-normal mixture of exponential supermartingales, exp(delta S - delta^2 V / 2) with
/// delta ~ |N(0, tau^2)|: the evidence in a sum S of variance V that its drift is positive.
/// Source: Howard, Ramdas, McAuliffe, Sekhon 2021, one-sided normal mixture. Edge: 1 at V = 0.
ScaledNumber normal_mixture(double sum, double variance, double tau);

/// Spreads of the slope that evidence is averaged over, per doubling: slow, middling, sudden.
inline constexpr std::array<double, 3> kSlopeScales{0.05, 0.3, 2.0};

/// The mean of the mixtures over kSlopeScales.
ScaledNumber slope_evidence(double sum, double variance);

/// Upper bound of slope_evidence(sum, variance) / exp(log_scale), by no more than a factor of
/// two where it matters: for a positive sum, above exp(-8). Takes no logarithm; variance >= 0.
double most_slope_evidence(double sum, double variance, double log_scale);

}  // namespace gradus
