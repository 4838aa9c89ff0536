#pragma once

#include <cstddef>
#include <vector>

namespace gradus::test {

/// What came of many forecasts: of probabilities and of intervals.
class ForecastTally {
 public:
  void add_probability(double forecast, bool happened);
  /// The median and whether the interval held the moment, both in doublings.
  void add_interval(double median, double p10, double p90, double moment);

  std::size_t probabilities() const { return probabilities_; }
  std::size_t intervals() const { return errors_.size(); }
  double brier() const;
  double coverage() const;
  double median_error() const;
  double mean_width() const;

 private:
  std::size_t probabilities_ = 0, held_ = 0;
  double squares_ = 0, widths_ = 0;
  std::vector<double> errors_;
};

}  // namespace gradus::test
