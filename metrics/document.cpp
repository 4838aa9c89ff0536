#include <string>
#include <vector>

#include "metrics/exposition.h"
#include "metrics/series.h"
#include "metrics/series_limit.h"

namespace gradus {
namespace {

constexpr std::string_view kIntroduction = R"(# Metrics

What `/metrics` shows, in the order of the page. This file is generated from the catalogue in
`metrics/catalogue.cpp`: change that, then run the tests with `GRADUS_UPDATE_GOLDEN=1`.

- Every known series is there from the first page on: counters at 0, moments at the start of the
  process. What is not known yet, such as the score of a task before its first probe, is absent.
- Counters begin at 0 in each process, also where a run goes on from a checkpoint; the run's own
  clock is in `gradus_probe_last_success_examples` and `gradus_checkpoint_last_success_examples`.
  What Gradus counts of its own statements counts since the run began: changes of verdicts,
  forecasts resolved, annotations.
- `run` stands on what belongs to the learner, its probes and its progress, so that runs can be
  compared; `job` and `instance` come from scraping.
- A page holds at most `max_series` lines with a value (2,000 unless configured). Beyond that, whole
  metrics are left out, so that those that stay are complete for each task: the order is at the end
  of this page. `gradus_metrics_series_dropped_total` counts their series. A ladder takes about 40
  lines a task; a run whose page will not fit names at its start what it leaves out.
- A task has a belief and examples to its target from its first verdict above dormant on: a belief
  of 0 would be a statement. Forecasts of all tasks of a run are scored together, since calibration
  takes many: `forecaster` is `curve_filter` or one of the baselines beside it, `linear` and
  `persistence`; `doublings` is how far ahead it looked: 1, 2 or 4. Until
  `gradus_progress_forecasts_resolved_total{doublings="1"}` is 20, no belief is called calibrated,
  nor while `gradus_progress_forecast_calibrated` is 0. A skill that was just lost has none.

| name | type | labels | help |
|---|---|---|---|
)";

std::string code_list(std::string_view names) {
  std::string list;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    if (!list.empty()) list += ", ";
    list += "`" + std::string(names.substr(0, comma)) + "`";
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
  }
  return list;
}

}  // namespace

std::string_view metric_type_name(MetricType type) {
  switch (type) {
    case MetricType::kCounter:
      return "counter";
    case MetricType::kGauge:
      return "gauge";
    case MetricType::kHistogram:
      return "histogram";
  }
  return "untyped";
}

std::span<const MetricInfo> metric_catalogue() {
  static const std::vector<MetricInfo> infos = [] {
    std::vector<MetricInfo> found;
    for (const Metric& row : metric_rows()) found.push_back(row.info);
    return found;
  }();
  return infos;
}

std::string metrics_document() {
  std::string text(kIntroduction);
  for (const MetricInfo& metric : metric_catalogue()) {
    text += "| `" + std::string(metric.name) + "` | " + std::string(metric_type_name(metric.type)) +
            " | " + code_list(metric.labels) + " | " + std::string(metric.help) + " |\n";
  }
  text +=
      "\n## What a full page leaves out\n\nIn this order, and after these the other metrics from "
      "the "
      "end of the table on:\n\n";
  for (const std::string_view name : first_left_out()) text += "1. `" + std::string(name) + "`\n";
  return text;
}

}  // namespace gradus
