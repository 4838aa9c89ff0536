#include "progress/sealed_gap.h"

#include <cmath>
#include <vector>

#include "base/random.h"

namespace gradus {
namespace {

constexpr int kRuns = 2000;
constexpr double kAlpha = 0.05;

/// The score of a set of items at a step; `q` of each.
Score score_of(const std::vector<double>& q, Step step) {
  Score score;
  score.step = step;
  score.sums.items = static_cast<std::uint32_t>(q.size());
  for (const double each : q) {
    score.sums.q += each;
    score.sums.q_squared += each * each;
  }
  return score;
}

/// Items whose difficulties are normal, asked at an ability: steep single items, so that their
/// spread is large half way up and none at the ends.
std::vector<double> asked(const std::vector<double>& difficulties, double ability) {
  std::vector<double> q;
  for (const double difficulty : difficulties)
    q.push_back(1 / (1 + std::exp(-4 * (ability - difficulty))));
  return q;
}

std::vector<double> drawn(std::size_t items, SplitMix64& random) {
  std::vector<double> difficulties;
  for (std::size_t i = 0; i < items; ++i) difficulties.push_back(random.normal());
  return difficulties;
}

struct Sizes {
  std::size_t open, sealed;
};

/// The share of runs of ten doublings, one look in each, in which overfitting is said. The learner
/// grows from nothing to nearly everything; `easier` is how much easier the open items are from the
/// fifth look on: what their reuse taught it.
double share_found(Sizes sizes, double easier) {
  int found = 0;
  for (int run = 0; run < kRuns; ++run) {
    SplitMix64 random(static_cast<std::uint64_t>(run) + 1);
    const auto open = drawn(sizes.open, random), sealed = drawn(sizes.sealed, random);
    bool said = false;
    for (int look = 0; look < 10; ++look) {
      const double ability = -2.5 + 0.5 * look;
      const auto step = Step{1024} << look;
      const double help = look >= 5 ? easier : 0;
      said = said || sealed_gap(score_of(asked(open, ability + help), step),
                                score_of(asked(sealed, ability), step), kAlpha)
                         .overfit();
    }
    found += said ? 1 : 0;
  }
  return static_cast<double>(found) / kRuns;
}

// Quantiles of the standard normal: R, qnorm(1 - alpha / 2).
TEST(SealedGap, QuantilesAreThoseOfTheNormal) {
  EXPECT_NEAR(two_sided_quantile(0.05), 1.959964, 1e-6);
  EXPECT_NEAR(two_sided_quantile(0.001), 3.290527, 1e-6);
  EXPECT_NEAR(two_sided_quantile(1e-6), 4.891638, 1e-6);
}

// Two sets of 98 items, half of them known: with two more each, the variance of a mean is
// .25 / 99, and at the first look half of alpha is spent: z(.025) = 2.241403.
TEST(SealedGap, IsTheDifferenceOfTwoMeansWithItsStandardError) {
  std::vector<double> half(98, 0);
  std::fill_n(half.begin(), 49, 1.0);
  const SealedGap gap = sealed_gap(score_of(half, 600), score_of(half, 600), 0.05);
  EXPECT_EQ(gap.gap, 0);
  EXPECT_EQ(gap.items, 98u);
  EXPECT_EQ(gap.step, 600u);
  EXPECT_NEAR(gap.upper, 2.241403 * std::sqrt(2 * 0.25 / 99), 1e-6);
  EXPECT_NEAR(gap.lower, -gap.upper, 1e-12);
}

TEST(SealedGap, SpendsLessAtEveryLaterDoubling) {
  const std::vector<double> q(50, 0.5);
  double before = 0;
  for (int doubling = 9; doubling < 30; ++doubling) {
    const Step step = Step{1} << doubling;
    const double width = sealed_gap(score_of(q, step), score_of(q, step), 0.05).upper;
    EXPECT_GT(width, before);
    before = width;
  }
}

TEST(SealedGap, AFewItemsAllKnownAreNoProofAgainstOneThatIsNot) {
  std::vector<double> sealed(16, 1.0);
  sealed[3] = 0;
  const Score open = score_of(std::vector<double>(20, 1.0), 1024);
  EXPECT_FALSE(sealed_gap(open, score_of(sealed, 1024), 0.05).overfit());
}

TEST(SealedGap, TakesAScoreThatIsNoNumberForZero) {
  const std::vector<double> q(50, 0.5);
  const SealedGap gap =
      sealed_gap(score_of(q, 1024), score_of({std::nan(""), 0.5, 0.5}, 1024), 0.05);
  EXPECT_EQ(gap.score, 0);
  EXPECT_EQ(gap.gap, 0.5);
  EXPECT_TRUE(std::isfinite(gap.lower));
}

// The level is .05 for a run of any length, of which the upper half is overfitting.
TEST(SealedGap, FalseAlarmsStayWithinTheirRateOverAllLooks) {
  for (const Sizes sizes : {Sizes{128, 128}, Sizes{128, 32}, Sizes{30, 16}}) {
    const double share = share_found(sizes, 0);
    EXPECT_LE(share, 0.025) << sizes.open << " and " << sizes.sealed << " items";
    std::printf("[ measured ] false alarms, %zu and %zu items: %.4f\n", sizes.open, sizes.sealed,
                share);
  }
}

// .8 deviations of difficulty make half of the items .78 of them: a gap of .28 with a standard
// error of at most .44 sqrt(2/128) = .055. At 2^15 examples z is that of .05/56, 3.32: nine in ten
// are found at once, Phi((.28 - 3.32 .055)/.055) = .96.
TEST(SealedGap, FindsItemsThatWereLearnedByHeart) {
  for (const double easier : {0.2, 0.4, 0.8, 1.6}) {
    const double share = share_found({128, 128}, easier);
    std::printf("[ measured ] open items easier by %.1f: found in %.4f\n", easier, share);
  }
  EXPECT_GE(share_found({128, 128}, 1.6), 0.99);
  EXPECT_GE(share_found({128, 128}, 0.8), 0.9);
}

}  // namespace
}  // namespace gradus
