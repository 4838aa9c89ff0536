#include "progress/curve_forecaster.h"

#include <algorithm>
#include <cmath>

#include "progress/belief_correction.h"

namespace gradus {
namespace {

constexpr double kTrustAfterChange = 0.1;  // share of the past's likelihood after a change

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

Outlook outlook_of(const CrossingTimes& times) {
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

}  // namespace

CurveForecaster::CurveForecaster(double floor, double target)
    : target_(target), noise_(kForecastSettings), filter_(floor), line_(RecentSlope::kLongest) {}

void CurveForecaster::add(double u, double score) {
  u_ = u;
  score_ = score;
  filter_.add(u_, score, noise_.value());
  midpoint_.reset();
  from_positions_.reset();
  noise_.add(score);
  line_.add(u_, score);
  if (score < target_)
    in_a_row_ = 0;
  else if (in_a_row_++ == 0)
    row_began_ = u_;
}

void CurveForecaster::add_facets(std::uint32_t items, std::span<const FacetScore> facets) {
  positions_.add(u_, items, facets);
}

void CurveForecaster::rearm() {
  noise_ = LongRunVariance(kForecastSettings);
  line_ = RecentSlope(RecentSlope::kLongest);
  filter_.discount(kTrustAfterChange);
  positions_.discount(kTrustAfterChange);
  midpoint_.reset();
  from_positions_.reset();
}

Midpoint CurveForecaster::midpoint() {
  if (!midpoint_) midpoint_ = filter_.midpoint();
  return *midpoint_;
}

CrossingTimes CurveForecaster::crossing(Forecaster forecaster) const {
  const auto line = line_.line();
  switch (forecaster) {
    case Forecaster::kCurveFilter:
      return filter_.crossing(target_, expected_);
    case Forecaster::kLinear:
      return line ? LinearForecast(*line, noise_.value()).crossing(target_) : CrossingTimes();
    case Forecaster::kPersistence:
      break;
  }
  return {};
}

std::optional<Outlook> CurveForecaster::outlook_from_positions() {
  if (positions_.tell() && !from_positions_)
    from_positions_ = outlook_of(positions_.crossing(target_, score_));
  return from_positions_;
}

Outlook CurveForecaster::outlook(Forecaster forecaster) {
  const Outlook own = outlook_of(crossing(forecaster));
  if (forecaster != Forecaster::kCurveFilter) return own;
  return corrected(own, outlook_of(crossing(Forecaster::kLinear)), outlook_from_positions());
}

std::array<Outlook, kForecasters> CurveForecaster::outlooks() {
  return {outlook(Forecaster::kCurveFilter), outlook(Forecaster::kLinear), Outlook{}};
}

std::array<ScoreQuantiles, kForecasters> CurveForecaster::scores_ahead() const {
  const double noise = noise_.value();
  const auto line = line_.line();
  const ExpectedScore linear =
      line ? LinearForecast(*line, noise).ahead(1) : ExpectedScore{score_, 0};
  return {filter_.score_ahead(1, noise),
          normal_quantiles(linear.mean, std::sqrt(linear.deviation * linear.deviation + noise)),
          normal_quantiles(score_, std::sqrt(noise))};
}

}  // namespace gradus
