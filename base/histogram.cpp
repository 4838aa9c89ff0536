#include "base/histogram.h"

#include <algorithm>
#include <cmath>

namespace gradus {

void Histogram::observe(double value) {
  // The first bound >= value, since Prometheus' `le` includes its bound.
  const auto bucket =
      std::isnan(value) ? bounds_.end() : std::lower_bound(bounds_.begin(), bounds_.end(), value);
  ++counts_[static_cast<std::size_t>(bucket - bounds_.begin())];
  sum_ += value;
  ++count_;
}

}  // namespace gradus
