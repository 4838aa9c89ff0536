#pragma once

#include <array>
#include <span>

namespace gradus {

/// ln of the standard normal distribution function; below -8 by Mills' ratio to two terms, which is
/// off by less than 15 / x^6.
double log_normal_cdf(double x);

/// ln of the sum of exp of `terms`; minus infinity for none.
double log_sum_exp(std::span<const double> terms);

/// ln of a half-normal mixture of exponential supermartingales, exp(delta S - delta^2 V / 2) with
/// delta ~ |N(0, tau^2)|: the evidence in a sum S of variance V that its drift is positive.
/// Source: Howard, Ramdas, McAuliffe, Sekhon 2021, one-sided normal mixture. Edge: 0 at V = 0.
double log_normal_mixture(double sum, double variance, double tau);

/// Spreads of the slope that evidence is averaged over, per doubling: slow, middling, sudden.
inline constexpr std::array<double, 3> kSlopeScales{0.05, 0.3, 2.0};

/// ln of the mean of the mixtures over kSlopeScales.
double log_slope_evidence(double sum, double variance);

/// Upper bound of exp(log_slope_evidence(sum, variance) - log_scale), by no more than a factor of
/// two where it matters: for a positive sum, above exp(-8). Takes no logarithm; variance >= 0.
double most_slope_evidence(double sum, double variance, double log_scale);

}  // namespace gradus
