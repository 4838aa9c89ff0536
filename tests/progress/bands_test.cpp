#include "progress/bands.h"

#include <cmath>

namespace gradus {
namespace {

// Values to six digits, from an independent implementation of the published formulas.
constexpr double kDigits = 6e-7;

void expect_interval(const Interval& found, double lower, double upper) {
  EXPECT_NEAR(found.lower, lower, kDigits);
  EXPECT_NEAR(found.upper, upper, kDigits);
}

/// P(X >= k) for X ~ Bin(n, p), summed directly.
double binomial_tail(int k, int n, double p) {
  double sum = 0;
  for (int i = k; i <= n; ++i)
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
                    i * std::log(p) + (n - i) * std::log1p(-p));
  return sum;
}

/// The p at which `tail(p)`, which rises, is 0.025.
template <typename Tail>
double where_tail_is_small(Tail tail) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (tail(middle) < 0.025 ? low : high) = middle;
  }
  return low;
}

/// The exact interval of a share, from its definition.
Interval clopper_pearson(int k, int n) {
  const double lower = where_tail_is_small([&](double p) { return binomial_tail(k, n, p); });
  const double upper =
      1 - where_tail_is_small([&](double p) { return binomial_tail(n - k, n, p); });
  return {k == 0 ? 0 : lower, upper};
}

TEST(Wilson, HasTheReferenceValues) {
  expect_interval(wilson(0.5, 128), 0.414652, 0.585348);
  expect_interval(wilson(3.0 / 128, 128), 0.008002, 0.066644);
  expect_interval(wilson(0, 128), 0, 0.029137);
  expect_interval(wilson(1, 128), 0.970863, 1);
  expect_interval(wilson(0.9, 100), 0.825634, 0.944771);
}

TEST(Wilson, IsTurnedRound) {
  // Of the reference value of .9 and 100; the error of its six digits grows with the interval.
  EXPECT_NEAR(share_with_wilson_lower(0.825634, 100), 0.9, 1e-6);
  EXPECT_GT(share_with_wilson_lower(0.9, 34), 1) << "34 items never show a score of .9";
}

TEST(Wilson, KnowsNothingWithoutItems) { expect_interval(wilson(0, 0), 0, 1); }

TEST(ClopperPearson, HasTheReferenceValues) {
  expect_interval(clopper_pearson(64, 128), 0.410376, 0.589624);
  expect_interval(clopper_pearson(3, 128), 0.004860, 0.066966);
  EXPECT_NEAR(clopper_pearson(0, 128).upper, 0.028408, kDigits);
}

TEST(Wilson, IsNarrowerThanTheExactIntervalByLittle) {
  for (const int right : {5, 20, 64, 110}) {
    const Interval exact = clopper_pearson(right, 128);
    const Interval found = wilson(right / 128.0, 128);
    EXPECT_LT(found.upper - found.lower, exact.upper - exact.lower);
    EXPECT_NEAR(found.lower, exact.lower, 0.006);
    EXPECT_NEAR(found.upper, exact.upper, 0.006);
  }
}

TEST(OneLook, IsTheMeanWithItsNormalError) {
  // 1.959964 * 0.25 / sqrt(100)
  expect_interval(one_look(0.5, 0.25, 100), 0.4510009, 0.5489991);
}

TEST(OneLook, StaysInsideTheUnitInterval) { expect_interval(one_look(0.99, 0.5, 4), 0.500009, 1); }

TEST(OneLook, KnowsNothingBelowTwoItems) { expect_interval(one_look(0.5, 0, 1), 0, 1); }

TEST(DkwBand, HasTheReferenceValues) {
  EXPECT_NEAR(dkw_half_width(128), 0.120040, kDigits);
  EXPECT_NEAR(dkw_half_width(200), 0.096032, kDigits);
  EXPECT_NEAR(dkw_half_width(64, 0.10), 0.152984, kDigits);
}

TEST(SpendingBand, AveragesToTheReferenceOver400Probes) {
  double sum = 0;
  for (std::uint64_t look = 0; look < 400; ++look) sum += spending_half_width(128, look);
  EXPECT_NEAR(sum / 400, 0.231, 5e-4);  // given to three digits
}

TEST(SpendingBand, SpendsTheWholeAlphaAndNoMore) {
  // sum over t >= 0 of 1/((t+1)(t+2)) is 1; half-width h spends 2 exp(-2 m h^2).
  double spent = 0;
  for (std::uint64_t look = 0; look < 100000; ++look) {
    const double half_width = spending_half_width(128, look);
    spent += 2 * std::exp(-2 * 128 * half_width * half_width);
  }
  EXPECT_NEAR(spent, 0.05, 1e-6);
}

}  // namespace
}  // namespace gradus
