#include "metrics/series.h"

#include <prometheus/metric_family.h>

#include <limits>
#include <string>

#include "base/invariant.h"
#include "base/text.h"

namespace gradus {
namespace {

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> parts;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    parts.push_back(names.substr(0, comma));
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
  }
  return parts;
}

}  // namespace

SeriesWriter::SeriesWriter(const MetricInfo& info, const RunFacts& facts,
                           prometheus::MetricFamily& family)
    : info_(info), facts_(facts), family_(family), label_names_(split(info.labels)) {}

void SeriesWriter::add(double value, std::initializer_list<std::string_view> labels) {
  prometheus::ClientMetric& metric = next(labels);
  if (info_.type == MetricType::kCounter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
}

void SeriesWriter::add(const Histogram& histogram, std::initializer_list<std::string_view> labels) {
  prometheus::ClientMetric& metric = next(labels);
  metric.histogram.sample_count = histogram.count();
  metric.histogram.sample_sum = histogram.sum();
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i < histogram.counts().size(); ++i) {
    cumulative += histogram.counts()[i];
    const double bound = i < histogram.bounds().size() ? histogram.bounds()[i]
                                                       : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({cumulative, bound});
  }
}

/// The next series with its labels.
prometheus::ClientMetric& SeriesWriter::next(std::initializer_list<std::string_view> labels) {
  prometheus::ClientMetric& metric = family_.metric.emplace_back();
  metric.label.reserve(label_names_.size());
  const auto* given = labels.begin();
  for (const std::string_view name : label_names_) {
    std::string_view value;
    if (name == "run") {
      value = facts_.run;
    } else if (name == "topic") {
      value = facts_.topic;
    } else {
      invariant(given != labels.end(), "a reader gives every label of its row");
      value = *given++;
    }
    metric.label.push_back({std::string(name), printable(value)});
  }
  invariant(given == labels.end(), "a reader gives no label that its row lacks");
  return metric;
}

}  // namespace gradus
