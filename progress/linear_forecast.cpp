#include "progress/linear_forecast.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gradus {

ExpectedScore LinearForecast::ahead(double doublings) const {
  const double from_middle = line_.ago + doublings;
  const double variance = noise_ * (1 / line_.count + from_middle * from_middle / line_.spread);
  return {line_.score + line_.slope * from_middle, std::sqrt(variance)};
}

CrossingTimes LinearForecast::crossing(double target) const {
  CrossingTimes::Histogram until{};
  double most = 0;
  for (int bin = 0; bin < CrossingTimes::kBins; ++bin) {
    const double doublings = CrossingTimes::kFirst + CrossingTimes::kBinWidth * bin;
    if (doublings >= 0 && doublings <= CrossingTimes::kEver) {
      const ExpectedScore expected = ahead(doublings);
      const double deviations = (target - expected.mean) / expected.deviation;
      most = std::max(most, 0.5 * std::erfc(deviations / std::numbers::sqrt2));
    }
    until[static_cast<std::size_t>(bin)] = static_cast<float>(most);
  }
  return CrossingTimes::cumulated(until);
}

}  // namespace gradus
