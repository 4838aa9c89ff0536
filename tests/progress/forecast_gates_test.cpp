#include <array>
#include <cmath>
#include <string>

#include "progress/curve_forecaster.h"
#include "tests/progress/forecast_tally.h"
#include "tests/progress/growth_simulation.h"
#include "tests/progress/plain_mmf.h"
#include "tests/support/documented.h"

// Forecasts of simulated growth, on seeds that nothing was tuned on. Figures go to
// docs/statistics.md.

namespace gradus {
namespace {

using test::ForecastTally;
using test::GrowthSimulation;
using test::PlainMmf;

constexpr int kRuns = 500;
constexpr std::size_t kStages = 3;
constexpr std::array<double, kStages> kStage{0.25, 0.5, 0.75};  // of the lower of target, ceiling

struct Stages {
  std::array<ForecastTally, kStages> filter, linear, mmf, persistence;
};

/// One forecast at a stage of a run, scored at a moment drawn between 0.3 and 6 doublings later.
void score(const CrossingTimes& times, double u, double budget, double crossing,
           ForecastTally& tally) {
  tally.add_probability(times.until(budget - u), crossing <= budget);
  if (std::isinf(crossing)) return;
  // Without any chance the interval is what the linear rule says of a slope that does not rise.
  const double median = times.quantile_if_ever(0.5).value_or(20);
  tally.add_interval(median, times.quantile_if_ever(0.1).value_or(20),
                     times.quantile_if_ever(0.9).value_or(20), crossing - u);
}

void simulate(int run, Stages& stages) {
  GrowthSimulation growth(7000000 + 7919 * static_cast<std::uint64_t>(run));
  CurveForecaster forecaster(0, GrowthSimulation::kTarget);
  LongRunVariance noise(kForecastSettings);
  PlainMmf mmf;
  std::size_t stage = 0;
  const double crossing = growth.crossing();
  while (stage < kStages && !growth.ended()) {
    const double value = growth.next();
    const double u = growth.u();
    forecaster.add(u, value);
    mmf.add(u, value, noise.value());
    noise.add(value);
    if (growth.truth(u) < kStage[stage] * std::min(GrowthSimulation::kTarget, growth.ceiling()))
      continue;
    const double budget = u + 0.3 + 5.7 * growth.uniform();
    score(forecaster.crossing(Forecaster::kCurveFilter), u, budget, crossing, stages.filter[stage]);
    score(forecaster.crossing(Forecaster::kLinear), u, budget, crossing, stages.linear[stage]);
    score(mmf.crossing(GrowthSimulation::kTarget), u, budget, crossing, stages.mmf[stage]);
    score(CrossingTimes(), u, budget, crossing, stages.persistence[stage]);
    ++stage;
  }
}

template <typename Figure>
std::string by_stage(const std::array<ForecastTally, kStages>& tallies, const Figure& figure) {
  std::string out;
  for (const ForecastTally& tally : tallies) out += (out.empty() ? "" : " / ") + figure(tally);
  return out;
}

void document(const std::string& forecaster, const std::array<ForecastTally, kStages>& tallies) {
  test::expect_documented(
      "forecasts of simulated growth",
      {{forecaster, "Brier",
        by_stage(tallies, [](const ForecastTally& of) { return test::rate_text(of.brier()); })},
       {forecaster, "median error, doublings",
        by_stage(tallies,
                 [](const ForecastTally& of) { return test::doublings_text(of.median_error()); })},
       {forecaster, "80 % intervals cover, not widened",
        by_stage(tallies,
                 [](const ForecastTally& of) { return test::rate_text(of.coverage()); })}});
}

TEST(ForecastGate, BeatsItsBaselinesOnSimulatedGrowth) {
  Stages stages;
  for (int run = 0; run < kRuns; ++run) simulate(run, stages);
  document("curve filter", stages.filter);
  document("linear", stages.linear);
  document("logistic by plain likelihood", stages.mmf);
  test::expect_documented(
      "forecasts of simulated growth",
      {{"persistence", "Brier",
        by_stage(stages.persistence, [](const auto& of) { return test::rate_text(of.brier()); })}});
  constexpr std::array<double, kStages> kMostBrier{0.145, 0.150, 0.135}, kMostError{1.2, 0.8, 0.5};
  for (std::size_t i = 0; i < kStages; ++i) {
    EXPECT_LE(stages.filter[i].brier(), kMostBrier[i]);
    EXPECT_LE(stages.filter[i].median_error(), kMostError[i]);
    EXPECT_GE(stages.filter[i].coverage(), 0.78);
    EXPECT_LE(stages.filter[i].coverage(), 0.95);
    EXPECT_LT(stages.filter[i].brier(), stages.linear[i].brier());
    EXPECT_LT(stages.filter[i].brier(), stages.mmf[i].brier());
  }
}

}  // namespace
}  // namespace gradus
