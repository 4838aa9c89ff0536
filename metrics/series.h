#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/histogram.h"
#include "metrics/exposition.h"
#include "metrics/sample.h"

namespace prometheus {
struct ClientMetric;
struct MetricFamily;
}  // namespace prometheus

namespace gradus {

/// What the readers of the catalogue see: the sample, with an empty value where a loop has
/// published none yet, so that every known series is there from the first page on.
struct MetricsView {
  const MetricsSample& sample;
  const IngestStats& ingest;
  const LearnerStats& learner;
  const ProbeStats& probes;
  const HistoryStats& history;
  const ProgressReport& progress;
};

/// Adds the series of one metric. Names of labels come from the catalogue; the values of `run` and
/// `topic` from the facts, those of the others from the caller, in the catalogue's order.
class SeriesWriter {
 public:
  SeriesWriter(const MetricInfo& info, const RunFacts& facts, prometheus::MetricFamily& family);

  void add(double value, std::initializer_list<std::string_view> labels = {});
  void add(const Histogram& histogram, std::initializer_list<std::string_view> labels = {});

 private:
  prometheus::ClientMetric& next(std::initializer_list<std::string_view> labels);

  const MetricInfo& info_;
  const RunFacts& facts_;
  prometheus::MetricFamily& family_;
  std::vector<std::string_view> label_names_;
};

/// A row of the catalogue: what documents show of a metric, and how its series are read.
struct Metric {
  MetricInfo info;
  void (*read)(const MetricsView& view, SeriesWriter& out);
};

/// The rows, in the order of the page.
std::span<const Metric> metric_rows();

}  // namespace gradus
