#include "base/random.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace gradus {
namespace {

/// Sum of (seen - expected)^2 / expected over cells that are equally likely.
template <std::size_t kCells>
double chi_square(const std::array<int, kCells>& seen, double draws) {
  const double expected = draws / kCells;
  double sum = 0;
  for (const int count : seen) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

// The sequence of Vigna's splitmix64.c for this seed, as published on Rosetta Code.
TEST(SplitMix64, GivesThePublishedSequence) {
  SplitMix64 random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
  EXPECT_EQ(random.next(), 4593380528125082431u);
  EXPECT_EQ(random.next(), 16408922859458223821u);
}

// Computed with an independent implementation in Python's integers.
TEST(SplitMix64, GivesTheSameNumbersOnEveryPlatform) {
  SplitMix64 random(12345);
  EXPECT_EQ(random.next(), 2454886589211414944u);
  EXPECT_EQ(random.next(), 3778200017661327597u);
}

TEST(SplitMix64, DrawsUniformThenNormalFromThreeWords) {
  SplitMix64 random(12345);
  EXPECT_NEAR(random.uniform(), 0.133079668661427, 1e-15);
  EXPECT_NEAR(random.normal(), 1.301652040538659, 1e-14);  // a few ulp of libm's log and cos
  SplitMix64 words(12345);
  for (int i = 0; i < 3; ++i) words.next();
  EXPECT_EQ(random.state(), words.state());
}

TEST(SplitMix64, GoesOnFromASavedState) {
  SplitMix64 first(7);
  first.next();
  SplitMix64 second(0);
  second.set_state(first.state());
  EXPECT_EQ(first.next(), second.next());
}

/// A state whose next word is 2^64 - 1: the inverse of the output function, undone step by step.
std::uint64_t state_before_the_largest_word() {
  const auto undo_shift = [](std::uint64_t mixed, int shift) {
    std::uint64_t word = mixed;
    for (int i = 0; i < 64 / shift; ++i) word = mixed ^ (word >> shift);
    return word;
  };
  const auto inverse = [](std::uint64_t odd) {  // Newton's iteration doubles the right bits
    std::uint64_t result = odd;
    for (int i = 0; i < 6; ++i) result *= 2 - odd * result;
    return result;
  };
  std::uint64_t z = undo_shift(~std::uint64_t{0}, 31) * inverse(0x94D049BB133111EB);
  z = undo_shift(z, 27) * inverse(0xBF58476D1CE4E5B9);
  return undo_shift(z, 30) - 0x9E3779B97F4A7C15;
}

TEST(SplitMix64, UniformStaysBelowOneForTheLargestWord) {
  SplitMix64 random(state_before_the_largest_word());
  ASSERT_EQ(random.next(), ~std::uint64_t{0});
  random.set_state(state_before_the_largest_word());
  EXPECT_LT(random.uniform(), 1.0);
}

// 20.5 is the .999 quantile of chi-square with 5 degrees of freedom.
TEST(SplitMix64, BelowIsUniformForADie) {
  SplitMix64 random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 60000; ++i) ++seen[random.below(6)];
  EXPECT_LT(chi_square(seen, 60000), 20.5);
}

// With n = 3 * 2^62, next() % n would fall below 2^62 half of the time, and a multiplication
// without rejection would give the residues mod 3 in the ratio 2:1:1. 13.8 is the .999 quantile for
// 2 degrees of freedom.
TEST(SplitMix64, BelowHasNoModuloBias) {
  SplitMix64 random(2);
  const std::uint64_t n = 3ull << 62;
  std::array<int, 3> thirds{};
  std::array<int, 3> residues{};
  for (int i = 0; i < 30000; ++i) {
    const std::uint64_t draw = random.below(n);
    ++thirds[draw >> 62];
    ++residues[draw % 3];
  }
  EXPECT_LT(chi_square(thirds, 30000), 13.8);
  EXPECT_LT(chi_square(residues, 30000), 13.8);
}

TEST(SplitMix64, BetweenReachesBothEnds) {
  SplitMix64 random(3);
  std::array<int, 5> seen{};
  for (int i = 0; i < 1000; ++i) ++seen[static_cast<std::size_t>(random.between(-2, 2) + 2)];
  EXPECT_LT(chi_square(seen, 1000), 18.5);  // .999 quantile for 4 degrees of freedom
}

TEST(SplitMix64, BetweenTakesTheWholeRangeOfIntegers) {
  SplitMix64 random(4);
  const SplitMix64 before = random;
  const std::int64_t draw = random.between(INT64_MIN, INT64_MAX);
  SplitMix64 word = before;
  EXPECT_EQ(static_cast<std::uint64_t>(draw), word.next() + (std::uint64_t{1} << 63));
}

// Standard errors over n = 200000 draws: mean 1/sqrt(n), variance sqrt(2/n), third moment
// sqrt(15/n), fourth moment sqrt(96/n); each allowed four of them.
TEST(SplitMix64, NormalHasTheMomentsOfAStandardNormal) {
  SplitMix64 random(5);
  constexpr int kDraws = 200000;
  std::array<double, 4> moments{};
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    moments[0] += x;
    moments[1] += x * x;
    moments[2] += x * x * x;
    moments[3] += x * x * x * x;
  }
  EXPECT_NEAR(moments[0] / kDraws, 0.0, 4 * std::sqrt(1.0 / kDraws));
  EXPECT_NEAR(moments[1] / kDraws, 1.0, 4 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(moments[2] / kDraws, 0.0, 4 * std::sqrt(15.0 / kDraws));
  EXPECT_NEAR(moments[3] / kDraws, 3.0, 4 * std::sqrt(96.0 / kDraws));
}

}  // namespace
}  // namespace gradus
