#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gradus {

/// Counts in fixed buckets with sum and count, as Prometheus' classic histogram wants them; a plain
/// value to copy.
/// Threads: owned by one. Cost: O(log buckets) an observation, no allocation.
class Histogram {
 public:
  /// `bounds`: upper bounds, increasing; a bucket for +Inf is added.
  explicit Histogram(std::span<const double> bounds)
      : bounds_(bounds.begin(), bounds.end()), counts_(bounds.size() + 1) {}

  /// Counts `value` in the first bucket whose bound is not below it; NaN counts towards +Inf and
  /// spoils the sum.
  void observe(double value);
  std::span<const double> bounds() const { return bounds_; }
  /// Per bucket, not cumulated; one more than bounds.
  std::span<const std::uint64_t> counts() const { return counts_; }
  double sum() const { return sum_; }
  std::uint64_t count() const { return count_; }

 private:
  std::vector<double> bounds_;
  std::vector<std::uint64_t> counts_;
  double sum_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace gradus
