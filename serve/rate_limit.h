#pragma once

#include <cstdint>

#include "base/clock.h"

namespace gradus {

/// Paces work to a fixed number of units a second by sleeping; never gives more than a tenth of a
/// second's worth at once.
/// Threads: owned by one.
class RateLimit {
 public:
  /// `per_second` 0: no limit.
  RateLimit(double per_second, Clock& clock)
      : per_second_(per_second), clock_(clock), start_(clock.elapsed()) {}

  /// How many of `wanted` units may go now; sleeps until at least one may.
  std::uint64_t grant(std::uint64_t wanted);

 private:
  double per_second_;
  Clock& clock_;
  Duration start_;
  std::uint64_t granted_ = 0;
};

}  // namespace gradus
