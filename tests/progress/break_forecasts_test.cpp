#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

#include "base/random.h"
#include "progress/curve_forecaster.h"
#include "tests/progress/forecast_tally.h"
#include "tests/progress/growth_simulation.h"
#include "tests/support/documented.h"

// What forecasts are worth after a break that no family of curves has, and how much would be won by
// a detector that finds it at once: the past then counts for a tenth, as after an annotation that
// re-arms. Figures go to docs/statistics.md.

namespace gradus {
namespace {

using test::ForecastTally;
using test::GrowthNoise;

constexpr int kRuns = 100, kPerDoubling = 40;
constexpr double kTarget = 0.8, kFirst = 5, kLast = 24;

enum class Break : std::uint8_t {
  kSecondSigmoid,  ///< after a rest a steep second sigmoid
  kSlopeTriples,   ///< a straight line three times as steep from a moment on
};

/// A curve that breaks, with the noise of GrowthSimulation.
class BreakSimulation {
 public:
  BreakSimulation(std::uint64_t seed, Break kind) : random_(seed), kind_(kind) {
    ceiling_ = 0.86 + 0.14 * random_.uniform();
    first_share_ = 0.15 + 0.3 * random_.uniform();
    first_midpoint_ = 7 + 2 * random_.uniform();
    first_steepness_ = 1 + random_.uniform();
    midpoint_ = first_midpoint_ + 3 + 4 * random_.uniform();
    steepness_ = 2 * std::pow(2.5, random_.uniform());
    rate_ = 0.02 + 0.03 * random_.uniform();
    const double line_breaks = 8 + 4 * random_.uniform();
    breaks_ = kind == Break::kSecondSigmoid ? midpoint_ - 2 / steepness_ : line_breaks;
    noise_ = GrowthNoise::drawn(random_);
  }

  double truth(double u) const {
    if (kind_ == Break::kSlopeTriples)
      return std::clamp(
          0.05 + rate_ * (std::min(u, breaks_) - kFirst) + 3 * rate_ * std::max(0.0, u - breaks_),
          0.0, ceiling_);
    const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
    return ceiling_ * (first_share_ * logistic(first_steepness_ * (u - first_midpoint_)) +
                       (1 - first_share_) * logistic(steepness_ * (u - midpoint_)));
  }
  double next() {
    if (++probe_ > 0) noise_->move_on(random_);
    return noise_->score_at(truth(u() + noise_->fluctuation()));
  }
  double u() const { return kFirst + static_cast<double>(probe_) / kPerDoubling; }
  int probe() const { return probe_; }
  double breaks() const { return breaks_; }
  /// The first hundredth of a doubling at which the curve without noise is at the target.
  double crossing() const {
    double u = kFirst;
    while (truth(u) < kTarget) u += 0.01;
    return u;
  }

 private:
  SplitMix64 random_;
  Break kind_;
  double ceiling_, first_share_, first_midpoint_, first_steepness_, midpoint_, steepness_, rate_;
  double breaks_;
  std::optional<GrowthNoise> noise_;  // drawn last
  int probe_ = -1;
};

/// Brier at one and two doublings of the forecasts from the break to the target, a quarter of a
/// doubling apart.
struct Briers {
  std::array<ForecastTally, 2> filter, rearmed, linear;
};

void score(const CurveForecaster& curve, Forecaster forecaster, double ahead,
           std::array<ForecastTally, 2>& tallies) {
  const CrossingTimes times = curve.crossing(forecaster);
  for (const int doublings : {1, 2})
    tallies[static_cast<std::size_t>(doublings - 1)].add_probability(times.until(doublings),
                                                                     ahead <= doublings);
}

void simulate(int run, Break kind, Briers& briers) {
  BreakSimulation simulation(8000000 + 7919 * static_cast<std::uint64_t>(run), kind);
  CurveForecaster as_it_is(0, kTarget);
  std::optional<CurveForecaster> rearmed;  // from the break on
  const double crossing = simulation.crossing();
  for (;;) {
    const double value = simulation.next();
    const double u = simulation.u();
    if (u >= std::min(crossing, kLast)) return;
    if (!rearmed && u >= simulation.breaks()) {
      rearmed = as_it_is;
      rearmed->rearm();
    }
    as_it_is.add(u, value);
    if (rearmed) rearmed->add(u, value);
    if (!rearmed || simulation.probe() % (kPerDoubling / 4) != 0) continue;
    score(as_it_is, Forecaster::kCurveFilter, crossing - u, briers.filter);
    score(*rearmed, Forecaster::kCurveFilter, crossing - u, briers.rearmed);
    score(as_it_is, Forecaster::kLinear, crossing - u, briers.linear);
  }
}

std::string both(const std::array<ForecastTally, 2>& tallies) {
  return test::rate_text(tallies[0].brier()) + " / " + test::rate_text(tallies[1].brier());
}

Briers simulate_all(Break kind, const char* row) {
  Briers briers;
  for (int run = 0; run < kRuns; ++run) simulate(run, kind, briers);
  std::printf("%s: curve filter %s, re-armed %s, linear %s (%zu forecasts)\n", row,
              both(briers.filter).c_str(), both(briers.rearmed).c_str(),
              both(briers.linear).c_str(), briers.filter[0].probabilities());
  test::expect_documented("forecasts after a break",
                          {{row, "curve filter", both(briers.filter)},
                           {row, "re-armed at the break", both(briers.rearmed)},
                           {row, "linear", both(briers.linear)}});
  return briers;
}

// That the filter is beaten by a straight line here is why the best of both is shown.
TEST(BreakForecasts, AfterASecondSigmoidTheLineIsBetterEvenIfTheBreakIsTold) {
  const Briers briers = simulate_all(Break::kSecondSigmoid, "second sigmoid after a rest");
  EXPECT_LT(briers.linear[0].brier(), briers.filter[0].brier());
  EXPECT_LT(briers.linear[0].brier(), briers.rearmed[0].brier());
}

TEST(BreakForecasts, AfterALineTripledItsSlopeTheLineIsBetter) {
  const Briers briers = simulate_all(Break::kSlopeTriples, "slope triples");
  EXPECT_LT(briers.linear[0].brier(), briers.filter[0].brier());
}

}  // namespace
}  // namespace gradus
