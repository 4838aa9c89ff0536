#include "metrics/exposition.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "metrics/series.h"
#include "metrics/series_limit.h"

namespace gradus {
namespace {

prometheus::MetricType type_of(MetricType type) {
  switch (type) {
    case MetricType::kCounter:
      return prometheus::MetricType::Counter;
    case MetricType::kGauge:
      return prometheus::MetricType::Gauge;
    case MetricType::kHistogram:
      return prometheus::MetricType::Histogram;
  }
  return prometheus::MetricType::Untyped;
}

/// What a tracker would say before the first score: every task dormant.
ProgressReport report_before_first_score(const Ladder* ladder) {
  ProgressReport report;
  if (ladder == nullptr) return report;
  for (const Task& task : ladder->tasks) {
    TaskProgress& progress = report.tasks.emplace_back();
    progress.task = task.name;
    progress.tier = ladder->tiers[task.tier].name;
    progress.chance = task.chance;
    progress.target = task.target;
  }
  for (const Tier& tier : ladder->tiers) report.tiers.emplace_back().tier = tier.name;
  double doublings = 1;
  for (HorizonCalibration& horizon : report.calibration.horizons) {
    horizon.doublings = doublings;
    doublings *= 2;
  }
  return report;
}

}  // namespace

MetricsPage render_metrics(const MetricsSample& sample) {
  const IngestStats no_ingest{};
  const LearnerStats no_learner;
  const ProbeStats no_probes;
  const HistoryStats no_history;
  ProgressReport no_progress;
  if (!sample.progress) no_progress = report_before_first_score(sample.ladder);
  const MetricsView view{sample,
                         sample.ingest ? *sample.ingest : no_ingest,
                         sample.learner ? *sample.learner : no_learner,
                         sample.probes ? *sample.probes : no_probes,
                         sample.history ? *sample.history : no_history,
                         sample.progress ? *sample.progress : no_progress};

  std::vector<prometheus::MetricFamily> families;
  families.reserve(metric_rows().size());
  for (const Metric& row : metric_rows()) {
    prometheus::MetricFamily& family = families.emplace_back();
    SeriesWriter out(row.info, sample.facts, family);
    row.read(view, out);
    if (family.metric.empty()) {
      families.pop_back();
      continue;
    }
    family.name = row.info.name;
    family.help = row.info.help;
    family.type = type_of(row.info.type);
  }
  SeriesLimit limit = limit_series(families, sample.facts.max_series);
  return {.text = prometheus::TextSerializer().Serialize(families),
          .series = limit.series,
          .dropped = limit.dropped,
          .left_out = std::move(limit.left_out)};
}

SeriesOutlook series_outlook(const RunFacts& facts, const Ladder* ladder,
                             std::shared_ptr<const ProbeStats> probes) {
  auto progress = std::make_shared<ProgressReport>(report_before_first_score(ladder));
  for (TaskProgress& task : progress->tasks) {
    task.step = 1;
    task.items = 1;
    task.slope_per_doubling = task.slope_upper = 0;
    task.watch.per_doubling = 0;
    task.forecast.emplace();
    task.facets.emplace_back();
    task.sealed.emplace();
  }
  for (TierProgress& tier : progress->tiers) tier.belief.emplace();
  for (HorizonCalibration& each : progress->calibration.horizons) each.resolved = 1;
  auto learner = std::make_shared<LearnerStats>();
  learner->position.partitions.emplace_back();
  learner->attempt_own_steps.resize(progress->tasks.size());
  auto ingest = std::make_shared<IngestStats>();
  ingest->source.partitions.push_back({.partition = 0, .high_watermark = 0});
  ingest->source.broker_rtt_p50 = ingest->source.broker_rtt_p99 = 0;
  const ServerStats server;
  const auto page = [&](std::size_t most) {
    RunFacts limited = facts;
    limited.max_series = most;
    return render_metrics({limited, ladder, ingest, learner, probes, nullptr, progress, server});
  };
  return {.series = page(std::numeric_limits<std::size_t>::max()).series,
          .left_out = page(facts.max_series).left_out};
}

}  // namespace gradus
