#include "base/exact_sum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace gradus {
namespace {

using Limits = std::numeric_limits<double>;

double sum_of(const std::vector<double>& terms) {
  ExactSum sum;
  for (const double term : terms) sum += term;
  return sum.value();
}

TEST(ExactSum, IsZeroWithoutTerms) { EXPECT_EQ(ExactSum().value(), 0); }

TEST(ExactSum, KeepsWhatRoundingWouldLose) {
  EXPECT_EQ(sum_of({1e100, 1, -1e100}), 1);
  EXPECT_EQ(sum_of({Limits::max(), Limits::max(), -Limits::max()}), Limits::max());
  EXPECT_EQ(sum_of({1e308, Limits::denorm_min(), -1e308}), Limits::denorm_min());
  EXPECT_EQ(sum_of({-3, 2.5}), -0.5);
}

TEST(ExactSum, RoundsTiesToEvenAndWhatLiesBehindThem) {
  const double two53 = std::ldexp(1, 53);
  EXPECT_EQ(sum_of({two53, 1}), two53);
  EXPECT_EQ(sum_of({two53, 1, Limits::denorm_min()}), two53 + 2);
  EXPECT_EQ(sum_of({two53 + 2, 1}), two53 + 4);
}

// 2^29 terms take too long for a test; a sum that is added to itself 70 times stands for 2^70.
TEST(ExactSum, CarriesInTime) {
  ExactSum doubled = 1.0 + Limits::epsilon();
  for (int i = 0; i < 70; ++i) doubled += ExactSum(doubled);
  EXPECT_EQ(doubled.value(), std::ldexp(1.0 + Limits::epsilon(), 70));
}

TEST(ExactSum, IsNotFiniteWhereATermWasNot) {
  EXPECT_EQ(sum_of({1, Limits::infinity()}), Limits::infinity());
  EXPECT_TRUE(std::isnan(sum_of({1, Limits::infinity(), -Limits::infinity()})));
}

TEST(ExactSum, RefusesBytesThatAreNoSum) {
  ByteWriter beyond;
  beyond.put(0.0);
  beyond.put<std::uint32_t>(67);
  beyond.put_all(std::span<const std::int64_t>(std::vector<std::int64_t>{1, 1}));
  ByteReader in(beyond.bytes());
  EXPECT_EQ(ExactSum::load(in).value(), 0);
  EXPECT_FALSE(in.ok());

  ByteWriter too_large;
  too_large.put(0.0);
  too_large.put<std::uint32_t>(0);
  too_large.put_all(std::span<const std::int64_t>(std::vector<std::int64_t>{1LL << 40}));
  ByteReader second(too_large.bytes());
  ExactSum::load(second);
  EXPECT_FALSE(second.ok());
}

}  // namespace
}  // namespace gradus
