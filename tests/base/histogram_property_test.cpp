#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/histogram.h"

namespace gradus {
namespace {

constexpr std::array kBounds = {-10.0, 0.0, 0.5, 1000.0};

RC_GTEST_PROP(Histogram, CountsTheValuesUpToEachBound, (const std::vector<double>& values)) {
  Histogram histogram(kBounds);
  for (const double value : values) histogram.observe(value);
  std::uint64_t up_to = 0;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    up_to += histogram.counts()[i];
    const auto within = std::count_if(values.begin(), values.end(),
                                      [&](double value) { return value <= kBounds[i]; });
    RC_ASSERT(up_to == static_cast<std::uint64_t>(within));
  }
  RC_ASSERT(up_to + histogram.counts().back() == values.size());
  RC_ASSERT(histogram.count() == values.size());
}

}  // namespace
}  // namespace gradus
