#pragma once

#include <span>
#include <string>
#include <string_view>

#include "metrics/sample.h"

namespace gradus {

enum class MetricType : std::uint8_t { kCounter, kGauge, kHistogram };

/// One metric of the catalogue, as documentation shows it.
struct MetricInfo {
  std::string_view name;
  MetricType type;
  std::string_view labels;  ///< comma-separated
  std::string_view help;
};

/// The catalogue in order of names' groups: what /metrics, docs/metrics.md and `gradus list metrics` come from.
std::span<const MetricInfo> metric_catalogue();

/// One page in the Prometheus text format. Series past RunFacts::max_series are left out and counted.
/// Threads: the caller's; reads only the sample. Cost: about 1 ms for 500 series.
struct MetricsPage {
  std::string text;
  std::size_t series = 0;
  std::size_t dropped = 0;
};
MetricsPage render_metrics(const MetricsSample& sample);

/// docs/metrics.md, from the catalogue.
std::string metrics_document();

}  // namespace gradus
