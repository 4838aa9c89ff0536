#include "tests/progress/forecast_tally.h"

#include <algorithm>
#include <cmath>

namespace gradus::test {

void ForecastTally::add_probability(double forecast, bool happened) {
  const double outcome = happened ? 1 : 0;
  squares_ += (forecast - outcome) * (forecast - outcome);
  ++probabilities_;
}

void ForecastTally::add_interval(double median, double p10, double p90, double moment) {
  errors_.push_back(std::abs(median - moment));
  held_ += p10 <= moment && moment <= p90 ? 1 : 0;
  widths_ += p90 - p10;
}

double ForecastTally::brier() const { return squares_ / static_cast<double>(probabilities_); }
double ForecastTally::coverage() const {
  return static_cast<double>(held_) / static_cast<double>(errors_.size());
}
double ForecastTally::mean_width() const { return widths_ / static_cast<double>(errors_.size()); }

double ForecastTally::median_error() const {
  std::vector<double> sorted = errors_;
  std::sort(sorted.begin(), sorted.end());
  return sorted.empty() ? 0 : sorted[sorted.size() / 2];
}

}  // namespace gradus::test
