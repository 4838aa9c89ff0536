#include <rapidcheck/gtest.h>

#include <cstdint>

#include "base/random.h"

namespace gradus {
namespace {

RC_GTEST_PROP(SplitMix64, BelowStaysBelow, (std::uint64_t seed)) {
  const auto n = *rc::gen::nonZero<std::uint64_t>();
  RC_ASSERT(SplitMix64(seed).below(n) < n);
}

RC_GTEST_PROP(SplitMix64, BetweenStaysBetween,
              (std::uint64_t seed, std::int64_t one, std::int64_t other)) {
  const auto [low, high] = std::minmax(one, other);
  const std::int64_t draw = SplitMix64(seed).between(low, high);
  RC_ASSERT(draw >= low);
  RC_ASSERT(draw <= high);
}

RC_GTEST_PROP(SplitMix64, UniformStaysInsideTheUnitInterval, (std::uint64_t seed)) {
  const double draw = SplitMix64(seed).uniform();
  RC_ASSERT(draw > 0);
  RC_ASSERT(draw < 1);
}

}  // namespace
}  // namespace gradus
