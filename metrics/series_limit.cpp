#include "metrics/series_limit.h"

#include <prometheus/metric_family.h>

#include <algorithm>

namespace gradus {
namespace {

// First what is for curiosity, then what the dashboards show, at last what alerts are made of.
constexpr std::string_view kFirstLeftOut[] = {
    "gradus_probe_runs_total",
    "gradus_probe_last_success_examples",
    "gradus_progress_last_improvement_examples",
    "gradus_progress_sealed_gap_lower_ratio",
    "gradus_progress_sealed_gap_upper_ratio",
    "gradus_progress_sealed_gap_ratio",
    "gradus_probe_items",
    "gradus_probe_chance_ratio",
    "gradus_learner_task_examples_total",
    "gradus_progress_bottleneck_ratio",
    "gradus_progress_events_total",
    "gradus_progress_examples_to_target_lower",
    "gradus_progress_examples_to_target_upper",
    "gradus_progress_examples_to_target",
    "gradus_progress_belief_ratio",
    "gradus_probe_best_ratio",
    "gradus_progress_last_improvement_timestamp_seconds",
    "gradus_probe_score_lower_ratio",
    "gradus_probe_score_upper_ratio",
    "gradus_progress_belief_ever_ratio",
    "gradus_progress_forgetting_ratio",
    "gradus_progress_slope_per_doubling_upper",
    "gradus_progress_slope_per_doubling",
    "gradus_progress_probes_per_doubling",
    "gradus_progress_armed",
    "gradus_probe_interval_seconds",
    "gradus_probe_last_success_timestamp_seconds",
    "gradus_probe_target_ratio",
    "gradus_tier_task_order",
    "gradus_progress_verdict",
    "gradus_probe_score_ratio",
};

std::size_t lines_of(const prometheus::MetricFamily& family) {
  constexpr std::size_t kSumAndCount = 2;
  if (family.type != prometheus::MetricType::Histogram) return family.metric.size();
  std::size_t lines = 0;
  for (const prometheus::ClientMetric& metric : family.metric)
    lines += metric.histogram.bucket.size() + kSumAndCount;
  return lines;
}

bool is_of_tasks(const prometheus::MetricFamily& family) {
  const auto& labels = family.metric.front().label;
  return std::any_of(labels.begin(), labels.end(),
                     [](const auto& label) { return label.name == "task"; });
}

/// The family that goes next; past the end where none is left.
auto next_to_go(std::vector<prometheus::MetricFamily>& families) {
  // A metric of tasks that nobody has ranked is the least important of all.
  const auto unranked = std::find_if(families.begin(), families.end(), [](const auto& family) {
    return is_of_tasks(family) && std::find(std::begin(kFirstLeftOut), std::end(kFirstLeftOut),
                                            family.name) == std::end(kFirstLeftOut);
  });
  if (unranked != families.end()) return unranked;
  for (const std::string_view name : kFirstLeftOut) {
    const auto found = std::find_if(families.begin(), families.end(),
                                    [name](const auto& family) { return family.name == name; });
    if (found != families.end()) return found;
  }
  return families.empty() ? families.end() : families.end() - 1;
}

}  // namespace

std::span<const std::string_view> first_left_out() { return kFirstLeftOut; }

SeriesLimit limit_series(std::vector<prometheus::MetricFamily>& families, std::size_t most) {
  SeriesLimit limit;
  for (const prometheus::MetricFamily& family : families) limit.series += lines_of(family);
  while (limit.series > most) {
    const auto next = next_to_go(families);
    limit.series -= lines_of(*next);
    limit.dropped += next->metric.size();
    limit.left_out.push_back(next->name);
    families.erase(next);
  }
  return limit;
}

}  // namespace gradus
