#include <algorithm>
#include <array>
#include <cstdint>

#include "metrics/readers.h"
#include "progress/report_tiers.h"

namespace gradus {
namespace {

constexpr std::array<Verdict, kVerdictCount> kVerdicts = {Verdict::kDormant, Verdict::kLearning,
                                                          Verdict::kStalled, Verdict::kRegressing,
                                                          Verdict::kMastered};

}  // namespace

void read_probe_seconds(const MetricsView& view, SeriesWriter& out) {
  const auto& tiers = view.progress.tiers;
  for (std::size_t i = 0; i < view.probes.seconds_by_tier.size() && i < tiers.size(); ++i) {
    out.add(view.probes.seconds_by_tier[i], {tiers[i].tier});
  }
}

void read_probe_runs(const MetricsView& view, SeriesWriter& out) {
  for (std::size_t i = 0; i < view.probes.tasks.size() && i < view.progress.tasks.size(); ++i) {
    const TaskProgress& task = view.progress.tasks[i];
    const ProbeStats::Task& counts = view.probes.tasks[i];
    out.add(static_cast<double>(counts.ok), {task.tier, task.task, "ok"});
    out.add(static_cast<double>(counts.error), {task.tier, task.task, "error"});
    out.add(static_cast<double>(counts.timeout), {task.tier, task.task, "timeout"});
    out.add(static_cast<double>(counts.skipped), {task.tier, task.task, "skipped"});
  }
}

void read_densities(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.watch.per_doubling) out.add(*task.watch.per_doubling, {task.tier, task.task});
  }
}

void read_armed(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks)
    out.add(task.watch.armed() ? 1 : 0, {task.tier, task.task});
}

void read_forgetting(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (task.step == 0) continue;
    out.add(std::max(0.0, task.best - task.score), {task.tier, task.task});
  }
}

void read_verdicts(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    for (const Verdict verdict : kVerdicts) {
      out.add(task.verdict == verdict ? 1 : 0, {task.tier, task.task, verdict_name(verdict)});
    }
  }
}

void read_events(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    const auto add = [&](std::string_view type, std::uint64_t count) {
      out.add(static_cast<double>(count), {task.tier, task.task, type});
    };
    add("improved", task.improved);
    add("stalled", task.stalled);
    add("regressed", task.regressed);
    add("recovered", task.recovered);
    add("mastered", task.mastered);
  }
}

void read_frontier(const MetricsView& view, SeriesWriter& out) {
  const TierProgress* frontier = frontier_of(view.progress.tiers);
  for (const TierProgress& tier : view.progress.tiers)
    out.add(&tier == frontier ? 1 : 0, {tier.tier});
}

void read_tiers_mastered(const MetricsView& view, SeriesWriter& out) {
  for (const TierProgress& tier : view.progress.tiers) {
    out.add(tier.verdict == Verdict::kMastered ? 1 : 0, {tier.tier});
  }
}

void read_tier_scores(const MetricsView& view, SeriesWriter& out) {
  for (const TierProgress& tier : view.progress.tiers) {
    const bool scored = std::any_of(
        view.progress.tasks.begin(), view.progress.tasks.end(),
        [&](const TaskProgress& task) { return task.tier == tier.tier && task.step > 0; });
    if (scored) out.add(tier.score, {tier.tier});
  }
}

void read_tier_tasks(const MetricsView& view, SeriesWriter& out) {
  for (const TierProgress& tier : view.progress.tiers) {
    for (const Verdict verdict : kVerdicts) {
      const auto count = std::count_if(view.progress.tasks.begin(), view.progress.tasks.end(),
                                       [&](const TaskProgress& task) {
                                         return task.tier == tier.tier && task.verdict == verdict;
                                       });
      out.add(static_cast<double>(count), {tier.tier, verdict_name(verdict)});
    }
  }
}

}  // namespace gradus
