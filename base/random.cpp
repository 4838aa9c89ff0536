#include "base/random.h"

#include <algorithm>
#include <cmath>

#include "base/invariant.h"

namespace gradus {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr double kTwoPi = 6.283185307179586;
constexpr double kLargestBelowOne = 0x1.fffffffffffffp-1;

}  // namespace

std::uint64_t SplitMix64::next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

double SplitMix64::uniform() {
  // The topmost of the 2^53 midpoints is no double and would round up to 1.
  return std::min((static_cast<double>(next() >> 11) + 0.5) * 0x1p-53, kLargestBelowOne);
}

std::uint64_t SplitMix64::below(std::uint64_t n) {
  invariant(n > 0, "a draw below n needs n > 0");
  Uint128 product = static_cast<Uint128>(next()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    // 2^64 mod n low words would make their high word too frequent: draw again for those.
    const std::uint64_t surplus = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < surplus)
      product = static_cast<Uint128>(next()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t SplitMix64::between(std::int64_t low, std::int64_t high) {
  invariant(low <= high, "a draw from [low, high] needs low <= high");
  const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint64_t offset = width == ~std::uint64_t{0} ? next() : below(width + 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

double SplitMix64::normal() {
  const double radius = std::sqrt(-2.0 * std::log(uniform()));
  return radius * std::cos(kTwoPi * uniform());
}

}  // namespace gradus
