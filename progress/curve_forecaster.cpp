#include "progress/curve_forecaster.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gradus {
namespace {

constexpr double kTrustAfterChange = 0.1;  // share of the past's likelihood after a change

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// At .05, .10, ... .95 of a normal distribution.
ScoreQuantiles normal_quantiles(double mean, double deviation) {
  constexpr std::array<double, 19> kStandard{-1.644854, -1.281552, -1.036433, -0.841621, -0.674490,
                                             -0.524401, -0.385320, -0.253347, -0.125661, 0,
                                             0.125661,  0.253347,  0.385320,  0.524401,  0.674490,
                                             0.841621,  1.036433,  1.281552,  1.644854};
  ScoreQuantiles quantiles;
  for (std::size_t i = 0; i < quantiles.size(); ++i)
    quantiles[i] = static_cast<float>(mean + deviation * kStandard[i]);
  return quantiles;
}

}  // namespace

CurveForecaster::CurveForecaster(double floor, double target)
    : target_(target), noise_(kForecastSettings), filter_(floor), line_(RecentSlope::kLongest) {}

void CurveForecaster::add(Step step, double score) {
  u_ = doublings(step);
  score_ = score;
  filter_.add(u_, score, noise_.value());
  noise_.add(score);
  line_.add(u_, score);
  if (score < target_)
    in_a_row_ = 0;
  else if (in_a_row_++ == 0)
    row_began_ = u_;
}

void CurveForecaster::rearm() {
  noise_ = LongRunVariance(kForecastSettings);
  line_ = RecentSlope(RecentSlope::kLongest);
  filter_.discount(kTrustAfterChange);
}

std::array<Outlook, kForecasters> CurveForecaster::outlooks() const {
  return {filter_outlook(), linear_outlook(), Outlook{}};
}

Outlook CurveForecaster::outlook(Forecaster forecaster) const {
  switch (forecaster) {
    case Forecaster::kCurveFilter:
      return filter_outlook();
    case Forecaster::kLinear:
      return linear_outlook();
    case Forecaster::kPersistence:
      break;
  }
  return {};
}

Outlook CurveForecaster::filter_outlook() const {
  const CrossingTimes times = filter_.crossing(target_);
  Outlook outlook;
  for (std::size_t i = 0; i < outlook.reaches.size(); ++i)
    outlook.reaches[i] = times.until(Outlook::kHorizons[i]);
  outlook.ever = times.ever();
  const auto p10 = times.quantile_if_ever(0.1), p50 = times.quantile_if_ever(0.5),
             p90 = times.quantile_if_ever(0.9);
  // It is not there yet, so what lies behind is now.
  if (p10 && p50 && p90)
    outlook.crossing =
        CrossingInterval{std::max(0.0, *p10), std::max(0.0, *p50), std::max(0.0, *p90)};
  return outlook;
}

std::optional<CurveForecaster::Expected> CurveForecaster::on_line(double ahead) const {
  const auto line = line_.line();
  if (!line) return std::nullopt;
  const double from_middle = line->ago + ahead;
  const double variance =
      noise_.value() * (1 / line->count + from_middle * from_middle / line->spread);
  return Expected{line->score + line->slope * from_middle, std::sqrt(variance)};
}

Outlook CurveForecaster::linear_outlook() const {
  constexpr double kStep = CrossingTimes::kBinWidth;
  constexpr int kSteps = static_cast<int>(CrossingTimes::kEver / kStep + 0.5);
  Outlook outlook;
  if (!line_.line()) return outlook;
  std::array<double, kSteps + 1> until;
  double most = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const auto expected = on_line(i * kStep);
    most = std::max(most, normal_cdf((expected->mean - target_) / expected->deviation));
    until[static_cast<std::size_t>(i)] = most;
  }
  for (std::size_t i = 0; i < outlook.reaches.size(); ++i)
    outlook.reaches[i] =
        until[static_cast<std::size_t>(std::lround(Outlook::kHorizons[i] / kStep))];
  outlook.ever = most;
  const auto quantile = [&](double p) {
    return kStep * static_cast<double>(std::lower_bound(until.begin(), until.end(), p * most) -
                                       until.begin());
  };
  if (most > 0) outlook.crossing = CrossingInterval{quantile(0.1), quantile(0.5), quantile(0.9)};
  return outlook;
}

std::array<ScoreQuantiles, kForecasters> CurveForecaster::scores_ahead() const {
  const double noise = noise_.value();
  const auto line = on_line(1);
  const Expected linear = line.value_or(Expected{score_, 0});
  return {filter_.score_ahead(1, noise),
          normal_quantiles(linear.mean, std::sqrt(linear.deviation * linear.deviation + noise)),
          normal_quantiles(score_, std::sqrt(noise))};
}

}  // namespace gradus
