#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
struct MetricFamily;
}  // namespace prometheus

namespace gradus {

/// The metrics that the series limit leaves out first, in this order; after them the others, from
/// the end of the page on.
std::span<const std::string_view> first_left_out();

/// What the limit made of a page.
struct SeriesLimit {
  std::size_t series = 0;             ///< lines with a value that stay
  std::size_t dropped = 0;            ///< series of the metrics that were left out
  std::vector<std::string> left_out;  ///< their names, the first left out first
};

/// Leaves out whole metrics until at most `most` lines with a value stay, so that every metric that
/// stays is complete for each task.
SeriesLimit limit_series(std::vector<prometheus::MetricFamily>& families, std::size_t most);

}  // namespace gradus
