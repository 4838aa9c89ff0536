#include <array>
#include <cmath>
#include <cstdio>

#include "base/random.h"
#include "progress/curve_forecaster.h"
#include "progress/tier_transfer.h"
#include "tests/progress/forecast_tally.h"
#include "tests/progress/growth_simulation.h"
#include "tests/support/documented.h"

// Does it help to know the lower tiers? Simulated ladders of three tiers; figures go to
// docs/statistics.md.

namespace gradus {
namespace {

using test::ForecastTally;
using test::GrowthNoise;

constexpr int kRuns = 200;
constexpr double kTarget = 0.8, kFirst = 5, kPerDoubling = 40;

enum class Gaps : std::uint8_t {
  kAlike,  ///< the second tier lies as far above the first as the third above the second
  kApart,  ///< each gap is drawn for itself
};

/// A logistic curve in log n with the noise of GrowthSimulation.
class TierSimulation {
 public:
  TierSimulation(double ceiling, double midpoint, double steepness, const GrowthNoise& noise)
      : ceiling_(ceiling), midpoint_(midpoint), steepness_(steepness), noise_(noise) {}

  double truth(double u) const { return ceiling_ / (1 + std::exp(-steepness_ * (u - midpoint_))); }
  double crossing() const {
    return midpoint_ + std::log(kTarget / (ceiling_ - kTarget)) / steepness_;
  }
  double score(double u, SplitMix64& random) {
    const double score = noise_.score_at(truth(u + noise_.fluctuation()));
    noise_.move_on(random);
    return score;
  }

 private:
  double ceiling_, midpoint_, steepness_;
  GrowthNoise noise_;
};

struct Tallies {
  ForecastTally without, with;
};

/// Forecasts the third tier when the second is at half of the target, for a moment drawn between
/// 0.3 and 6 doublings later. All tiers share their steepness and the law of their noise.
void simulate(int run, Gaps gaps, Tallies& tallies) {
  SplitMix64 random(9500000 + 7919 * static_cast<std::uint64_t>(run));
  const double steepness = 0.35 * std::pow(6, random.uniform());
  const double sd = 0.05 * std::pow(6, random.uniform());
  const double autocorrelation = 0.9 * random.uniform();
  const double first = 7 + 2 * random.uniform();
  const double gap = 1 + 2.5 * random.uniform(), other_gap = 1 + 2.5 * random.uniform();
  const double third = first + gap + (gaps == Gaps::kAlike ? gap : other_gap);
  const auto tier = [&](double midpoint) {
    const double ceiling = 0.84 + 0.16 * random.uniform();
    return TierSimulation(ceiling, midpoint, steepness, {sd, autocorrelation, random});
  };
  std::array<TierSimulation, 3> tiers{tier(first), tier(first + gap), tier(third)};
  std::array<CurveForecaster, 3> curves{CurveForecaster(0, kTarget), CurveForecaster(0, kTarget),
                                        CurveForecaster(0, kTarget)};
  double u = kFirst;
  do {
    u += 1 / kPerDoubling;
    for (std::size_t i = 0; i < tiers.size(); ++i) curves[i].add(u, tiers[i].score(u, random));
  } while (tiers[1].truth(u) < kTarget / 2);

  const double budget = 0.3 + 5.7 * random.uniform(), crossing = tiers[2].crossing() - u;
  const auto score = [&](ForecastTally& tally) {
    const CrossingTimes times = curves[2].crossing(Forecaster::kCurveFilter);
    tally.add_probability(times.until(budget), crossing <= budget);
    tally.add_interval(times.quantile_if_ever(0.5).value_or(20),
                       times.quantile_if_ever(0.1).value_or(20),
                       times.quantile_if_ever(0.9).value_or(20), crossing);
  };
  score(tallies.without);
  curves[2].expect_midpoint(expected_midpoint(curves[1].midpoint(), curves[0].midpoint()));
  score(tallies.with);
}

Tallies simulate_all(Gaps gaps, const char* row) {
  Tallies tallies;
  for (int run = 0; run < kRuns; ++run) simulate(run, gaps, tallies);
  for (const auto& [name, tally] :
       {std::pair{"without", &tallies.without}, std::pair{"with", &tallies.with}}) {
    std::printf("%s, %s lower tiers: median error %.2f, Brier %.3f, coverage %.2f, width %.1f\n",
                row, name, tally->median_error(), tally->brier(), tally->coverage(),
                tally->mean_width());
    test::expect_documented(
        "transfer between tiers",
        {{row, std::string(name) + ": Brier", test::rate_text(tally->brier())},
         {row, std::string(name) + ": median error", test::doublings_text(tally->median_error())},
         {row, std::string(name) + ": 80 % interval covers, width",
          test::rate_text(tally->coverage()) + ", " + test::doublings_text(tally->mean_width())}});
  }
  return tallies;
}

TEST(TierTransferGate, LowerTiersHelpWhereTheGapsAreAlike) {
  const Tallies tallies = simulate_all(Gaps::kAlike, "both gaps alike");
  EXPECT_LT(tallies.with.brier(), tallies.without.brier());
  EXPECT_LT(tallies.with.median_error(), tallies.without.median_error());
}

TEST(TierTransferGate, LowerTiersHelpWhereTheGapsAreDrawnApart) {
  const Tallies tallies = simulate_all(Gaps::kApart, "gaps drawn apart");
  EXPECT_LT(tallies.with.brier(), tallies.without.brier());
  EXPECT_LT(tallies.with.median_error(), tallies.without.median_error());
}

}  // namespace
}  // namespace gradus
