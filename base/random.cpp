#include "base/random.h"

#include <cmath>

#include "base/invariant.h"

namespace gradus {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr double kTwoPi = 6.283185307179586;

}  // namespace

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
