#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/sample.h"

namespace gradus {

enum class MetricType : std::uint8_t { kCounter, kGauge, kHistogram };
std::string_view metric_type_name(MetricType type);

/// One metric of the catalogue, as documentation shows it.
struct MetricInfo {
  std::string_view name;
  MetricType type;
  std::string_view labels;  ///< comma-separated
  std::string_view help;
};

/// The catalogue in the order of the page: what /metrics, docs/metrics.md and `gradus list metrics`
/// come from.
std::span<const MetricInfo> metric_catalogue();

/// One page in the Prometheus text format.
struct MetricsPage {
  std::string text;
  std::size_t series = 0;               ///< lines with a value
  std::size_t dropped = 0;              ///< label sets left out by the limit
  std::vector<std::string> left_out{};  ///< the metrics that they belong to
};

/// Renders a sample. Where the page would have more than RunFacts::max_series lines, whole metrics
/// are left out and counted, the least important first; a metric without any value is not on the
/// page.
/// Threads: the caller's; reads only the sample. Cost: about 1 ms for 500 series.
MetricsPage render_metrics(const MetricsSample& sample);

/// What a page of a run will hold.
struct SeriesOutlook {
  std::size_t series = 0;             ///< what RunFacts::max_series should allow
  std::vector<std::string> left_out;  ///< the metrics that do not fit
};

/// The page of this run once every task was probed, where the stream is one partition. Further
/// partitions add three series each; kinds of client errors and routes of the server come as they
/// are met.
SeriesOutlook series_outlook(const RunFacts& facts, const Ladder* ladder,
                             std::shared_ptr<const ProbeStats> probes);

/// docs/metrics.md, from the catalogue.
std::string metrics_document();

}  // namespace gradus
