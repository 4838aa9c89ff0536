#include "progress/forecast_book.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr double kMissedByDesign = 0.2;
constexpr double kStep = 0.25;  // of the log width, a crossing
// On six earlier runs the filter's 80 % intervals held .55 of the crossings: as those of a normal
// distribution do that are drawn 1.7 times too narrow.
constexpr double kFirstFactor = 1.7;
constexpr double kLeastFactor = 1, kMostFactor = 8;
constexpr double kSurest = 0.001;   // probabilities are cut at it for the log loss
constexpr double kErrorCell = 0.1;  // doublings

std::size_t tenth(double share) {
  return static_cast<std::size_t>(std::clamp(share * 10, 0.0, 9.0));
}

/// Where a score lies in its predicted distribution, by linear interpolation between quantiles.
double place_in(const ScoreQuantiles& quantiles, double score) {
  const auto above = std::upper_bound(quantiles.begin(), quantiles.end(), score);
  const auto passed = static_cast<double>(above - quantiles.begin());
  if (above == quantiles.begin() || above == quantiles.end()) return (passed + 0.5) / 20;
  const double below = *(above - 1);
  return (passed + (score - below) / (*above - below)) / 20;
}

bool holds(const CrossingInterval& interval, double value) {
  return interval.p10 <= value && value <= interval.p90;
}

}  // namespace

IntervalWidening::IntervalWidening() : log_factor_(std::log(kFirstFactor)) {}

double IntervalWidening::factor() const { return std::exp(log_factor_); }

CrossingInterval IntervalWidening::widened(const CrossingInterval& interval) const {
  const double by = factor();
  return {std::max(0.0, interval.p50 - by * (interval.p50 - interval.p10)), interval.p50,
          interval.p50 + by * (interval.p90 - interval.p50)};
}

void IntervalWidening::learn(double missed) {
  log_factor_ = std::clamp(log_factor_ + kStep * (missed - kMissedByDesign), std::log(kLeastFactor),
                           std::log(kMostFactor));
}

void ForecastBook::score_reach(std::size_t horizon, const Probabilities& forecast, bool reached) {
  HorizonCalibration& at = calibration_.horizons[horizon];
  ++at.resolved;
  if (horizon == 0) ++calibration_.resolved;
  const double happened = reached ? 1 : 0;
  for (std::size_t i = 0; i < kForecasters; ++i) {
    const double p = forecast[i];
    at.scores[i].brier += (p - happened) * (p - happened);
    const double sure = std::clamp(p, kSurest, 1 - kSurest);
    at.scores[i].log_loss -= std::log(reached ? sure : 1 - sure);
    CalibrationBin& bin = at.bins[i][tenth(p)];
    ++bin.count;
    bin.forecast += p;
    bin.happened += happened;
  }
}

void ForecastBook::score_score(const std::array<ScoreQuantiles, kForecasters>& forecast,
                               double score) {
  for (std::size_t i = 0; i < kForecasters; ++i)
    ++calibration_.pit[i][tenth(place_in(forecast[i], score))];
}

void ForecastBook::score_interval(const CrossingInterval& given, const CrossingInterval& shown,
                                  double after) {
  IntervalCalibration& intervals = calibration_.intervals;
  ++intervals.resolved;
  intervals.covered += holds(shown, after) ? 1 : 0;
  intervals.covered_unwidened += holds(given, after) ? 1 : 0;
  const double cell = std::abs(after - given.p50) / kErrorCell;
  ++errors_[std::min(errors_.size() - 1, static_cast<std::size_t>(cell))];
}

Forecaster ForecastBook::shown() const {
  if (calibration_.resolved < ForecastCalibration::kFewest) return Forecaster::kCurveFilter;
  const auto loss = [this](std::size_t of) {
    double sum = 0;
    for (const std::size_t horizon : {0, 1}) {
      const HorizonCalibration& at = calibration_.horizons[horizon];
      if (at.resolved > 0) sum += at.scores[of].brier / static_cast<double>(at.resolved);
    }
    return sum;
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < kShownForecasters; ++i)
    if (loss(i) < loss(best)) best = i;
  return static_cast<Forecaster>(best);
}

bool ForecastCalibration::beats_coin() const {
  return std::all_of(horizons.begin(), horizons.begin() + 2, [this](const auto& at) {
    return at.resolved == 0 || at.scores[static_cast<std::size_t>(shown)].brier < kCoin;
  });
}

ForecastCalibration ForecastBook::calibration() const {
  ForecastCalibration out = calibration_;
  out.shown = shown();
  for (std::size_t h = 0; h < out.horizons.size(); ++h) {
    HorizonCalibration& at = out.horizons[h];
    at.doublings = Outlook::kHorizons[h];
    const double resolved = std::max<double>(1, static_cast<double>(at.resolved));
    for (std::size_t i = 0; i < kForecasters; ++i) {
      at.scores[i].brier /= resolved;
      at.scores[i].log_loss /= resolved;
      for (CalibrationBin& bin : at.bins[i]) {
        if (bin.count == 0) continue;
        bin.forecast /= static_cast<double>(bin.count);
        bin.happened /= static_cast<double>(bin.count);
      }
    }
  }
  out.intervals.widening = widening_.factor();
  std::uint64_t passed = 0;
  for (std::size_t cell = 0; cell < errors_.size() && out.intervals.resolved > 0; ++cell) {
    passed += errors_[cell];
    if (2 * passed < out.intervals.resolved) continue;
    out.intervals.median_error = kErrorCell * (static_cast<double>(cell) + 0.5);
    break;
  }
  return out;
}

}  // namespace gradus
