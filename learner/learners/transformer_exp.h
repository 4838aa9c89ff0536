#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace gradus {

/// exp(x) for x <= 88 without branches, so that loops over it become vector code; relative error
/// below 2e-7; exactly 0 below -87 (no denormal numbers), NaN for NaN.
/// Source: Cody and Waite 1980, "Software Manual for the Elementary Functions": x = n ln 2 + r,
/// with e^r by its Taylor polynomial (|r| <= 0.347, so the term left out is below r^7/5040
/// = 1.2e-7).
inline float fast_exp(float x) {
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it rounds to a whole number
  const float shifted = x * 1.44269504f + kRound;
  const float n = shifted - kRound;
  const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;  // ln 2 in two parts
  float e = 1.0f / 720;
  e = e * r + 1.0f / 120;
  e = e * r + 1.0f / 24;
  e = e * r + 1.0f / 6;
  e = e * r + 0.5f;
  e = e * r + 1.0f;
  e = e * r + 1.0f;
  // The whole number sits in the low bits of `shifted`: add it to the exponent.
  const auto scaled =
      std::bit_cast<std::uint32_t>(e) + (std::bit_cast<std::uint32_t>(shifted) << 23);
  return x < -87.0f ? 0.0f : std::bit_cast<float>(scaled);
}

inline double fast_exp(double x) { return std::exp(x); }

}  // namespace gradus
