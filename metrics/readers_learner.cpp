#include "metrics/readers.h"

namespace gradus {

void read_non_finite(const MetricsView& view, SeriesWriter& out) {
  const LearnSums& sums = view.learner.attempt_sums;
  out.add(static_cast<double>(sums.non_finite_inputs), {"input"});
  out.add(static_cast<double>(sums.non_finite_losses), {"loss"});
  out.add(static_cast<double>(sums.non_finite_gradients), {"gradient"});
  out.add(static_cast<double>(sums.non_finite_weights), {"weight"});
}

void read_checkpoint_writes(const MetricsView& view, SeriesWriter& out) {
  if (!view.sample.facts.has_checkpoints) return;
  out.add(static_cast<double>(view.learner.checkpoints_ok), {"ok"});
  out.add(static_cast<double>(view.learner.checkpoints_failed), {"failed"});
}

void read_checkpoint_interval(const MetricsView& view, SeriesWriter& out) {
  const RunFacts& facts = view.sample.facts;
  if (facts.has_checkpoints) out.add(facts.checkpoint_interval_seconds);
}

void read_checkpoint_seconds(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.facts.has_checkpoints) out.add(view.learner.checkpoint_seconds);
}

void read_task_examples(const MetricsView& view, SeriesWriter& out) {
  for (std::size_t i = 0; i < view.progress.tasks.size(); ++i) {
    const TaskProgress& task = view.progress.tasks[i];
    const auto& own = view.learner.attempt_own_steps;
    out.add(i < own.size() ? static_cast<double>(own[i]) : 0, {task.tier, task.task});
  }
}

}  // namespace gradus
