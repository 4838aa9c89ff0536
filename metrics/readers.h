#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "metrics/series.h"

namespace gradus {

/// A value as Prometheus takes it. A moment that has not come yet is the start of the process:
/// at 0, an alert that compares it with time() would fire at once.
inline double metric_value(const MetricsView&, double value) { return value; }
inline double metric_value(const MetricsView&, std::uint64_t value) {
  return static_cast<double>(value);
}
inline double metric_value(const MetricsView&, std::uint32_t value) { return value; }
inline double metric_value(const MetricsView&, const ExactSum& value) { return value.value(); }
inline double metric_value(const MetricsView&, bool value) { return value ? 1 : 0; }
inline double metric_value(const MetricsView& view, Timestamp value) {
  return unix_seconds(value == Timestamp{} ? view.sample.facts.start : value);
}

// Readers of one field, by pointer to member.

template <auto kField>
void ingest_field(const MetricsView& view, SeriesWriter& out) {
  out.add(metric_value(view, view.ingest.*kField));
}

template <auto kField>
void source_field(const MetricsView& view, SeriesWriter& out) {
  out.add(metric_value(view, view.ingest.source.*kField));
}

template <auto kField>
void learner_field(const MetricsView& view, SeriesWriter& out) {
  out.add(metric_value(view, view.learner.*kField));
}

template <auto kField>
void learner_fact(const MetricsView& view, SeriesWriter& out) {
  out.add(metric_value(view, view.learner.facts.*kField));
}

/// A sum since this process began: a counter that fell back to a checkpoint would read as a reset.
template <auto kField>
void learner_sum(const MetricsView& view, SeriesWriter& out) {
  out.add(metric_value(view, view.learner.attempt_sums.*kField));
}

/// The history: nothing in a run without a ladder, which has none.
template <auto kField>
void history_field(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder != nullptr) out.add(metric_value(view, view.history.*kField));
}

template <auto kField>
void histogram_field(const MetricsView& view, SeriesWriter& out) {
  out.add(view.learner.*kField);
}

/// Checkpoints: nothing in a run that keeps none.
template <auto kField>
void checkpoint_field(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.facts.has_checkpoints) out.add(metric_value(view, view.learner.*kField));
}

template <auto kField>
void probes_field(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder != nullptr) out.add(metric_value(view, view.probes.*kField));
}

/// One field of the report: nothing in a run without a ladder.
template <auto kField>
void report_field(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder != nullptr) out.add(metric_value(view, view.progress.*kField));
}

/// One series a task, from what its probes have cost and counted.
template <auto kField>
void probed_task_field(const MetricsView& view, SeriesWriter& out) {
  for (std::size_t i = 0; i < view.probes.tasks.size() && i < view.progress.tasks.size(); ++i) {
    const TaskProgress& task = view.progress.tasks[i];
    out.add(metric_value(view, view.probes.tasks[i].*kField), {task.tier, task.task});
  }
}

/// One series a task, known from the start.
template <auto kField>
void task_field(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    out.add(metric_value(view, task.*kField), {task.tier, task.task});
  }
}

/// One series a task, once it was scored.
template <auto kField>
void scored_task_field(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.step > 0) out.add(metric_value(view, task.*kField), {task.tier, task.task});
  }
}

/// One bound of an interval of each task that was scored.
template <auto kInterval, auto kBound>
void task_bound(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.step > 0) out.add(task.*kInterval.*kBound, {task.tier, task.task});
  }
}

/// One field of the forecast of each task that has one.
template <auto kField>
void forecast_field(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.forecast) out.add((*task.forecast).*kField, {task.tier, task.task});
  }
}

/// One series a task, where its field is known.
template <auto kField>
void optional_task_field(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.*kField) out.add(*(task.*kField), {task.tier, task.task});
  }
}

/// One field of the comparison with the sealed items of each task whose were asked.
template <auto kField>
void sealed_field(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.sealed) out.add((*task.sealed).*kField, {task.tier, task.task});
  }
}

/// One bound of the belief of each tier that has one.
template <auto kBound>
void tier_belief(const MetricsView& view, SeriesWriter& out) {
  for (const TierProgress& tier : view.progress.tiers) {
    if (tier.belief) out.add((*tier.belief).*kBound, {tier.tier});
  }
}

/// Examples to the target: infinite where the forecast sees no way to it.
void read_to_target(const MetricsView& view, SeriesWriter& out, double ExamplesToTarget::*field);
template <auto kField>
void to_target_field(const MetricsView& view, SeriesWriter& out) {
  read_to_target(view, out, kField);
}

/// A fact of the process, where the system tells it.
template <auto kField>
void process_field(const MetricsView& view, SeriesWriter& out) {
  if (const std::optional<double>& value = view.sample.process.*kField) out.add(*value);
}

// Readers with labels of their own.

void read_build_info(const MetricsView& view, SeriesWriter& out);
void read_run_info(const MetricsView& view, SeriesWriter& out);
void read_heartbeats(const MetricsView& view, SeriesWriter& out);
void read_http_requests(const MetricsView& view, SeriesWriter& out);
void read_render_seconds(const MetricsView& view, SeriesWriter& out);
void read_series_dropped(const MetricsView& view, SeriesWriter& out);
void read_log_messages(const MetricsView& view, SeriesWriter& out);
void read_decode_errors(const MetricsView& view, SeriesWriter& out);
void read_skipped(const MetricsView& view, SeriesWriter& out);
void read_dead_letters(const MetricsView& view, SeriesWriter& out);
void read_next_offsets(const MetricsView& view, SeriesWriter& out);
void read_high_watermarks(const MetricsView& view, SeriesWriter& out);
void read_lags(const MetricsView& view, SeriesWriter& out);
void read_assigned_partitions(const MetricsView& view, SeriesWriter& out);
void read_brokers_up(const MetricsView& view, SeriesWriter& out);
void read_client_errors(const MetricsView& view, SeriesWriter& out);
void read_broker_rtts(const MetricsView& view, SeriesWriter& out);
void read_non_finite(const MetricsView& view, SeriesWriter& out);
void read_checkpoint_writes(const MetricsView& view, SeriesWriter& out);
void read_checkpoint_interval(const MetricsView& view, SeriesWriter& out);
void read_checkpoint_seconds(const MetricsView& view, SeriesWriter& out);
void read_task_examples(const MetricsView& view, SeriesWriter& out);
void read_probe_seconds(const MetricsView& view, SeriesWriter& out);
void read_probe_runs(const MetricsView& view, SeriesWriter& out);
void read_densities(const MetricsView& view, SeriesWriter& out);
void read_armed(const MetricsView& view, SeriesWriter& out);
void read_forgetting(const MetricsView& view, SeriesWriter& out);
void read_verdicts(const MetricsView& view, SeriesWriter& out);
void read_events(const MetricsView& view, SeriesWriter& out);
void read_frontier(const MetricsView& view, SeriesWriter& out);
void read_tiers_mastered(const MetricsView& view, SeriesWriter& out);
void read_tier_scores(const MetricsView& view, SeriesWriter& out);
void read_tier_tasks(const MetricsView& view, SeriesWriter& out);
void read_task_order(const MetricsView& view, SeriesWriter& out);
void read_bottlenecks(const MetricsView& view, SeriesWriter& out);
void read_forecast_briers(const MetricsView& view, SeriesWriter& out);
void read_forecasts_resolved(const MetricsView& view, SeriesWriter& out);
void read_forecast_calibrated(const MetricsView& view, SeriesWriter& out);
void read_forecast_intervals(const MetricsView& view, SeriesWriter& out);

}  // namespace gradus
