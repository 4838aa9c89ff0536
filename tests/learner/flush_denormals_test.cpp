#include "learner/learners/flush_denormals.h"

#include <gtest/gtest.h>

#include <limits>

namespace gradus {
namespace {

float half_of(float value) {
  const volatile float given = value;  // so that the processor divides, not the compiler
  return given / 2;
}

TEST(FlushDenormals, TakesWhatIsBelowTheSmallestNormalNumberForZeroWhileItLives) {
  constexpr float kSmallest = std::numeric_limits<float>::min();
  EXPECT_GT(half_of(kSmallest), 0);
  {
    const FlushDenormals flush;
#if defined(__SSE3__)
    EXPECT_EQ(half_of(kSmallest), 0);
#endif
    EXPECT_GT(half_of(4 * kSmallest), 0);
  }
  EXPECT_GT(half_of(kSmallest), 0);
}

}  // namespace
}  // namespace gradus
