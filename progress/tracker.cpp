#include "progress/tracker.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "progress/crossing_times.h"
#include "progress/report_tiers.h"
#include "progress/task_curve.h"
#include "progress/tier_transfer.h"
#include "progress/unchanged_model.h"

namespace gradus {

namespace {

constexpr std::size_t kShownAnnotations = 100;
// More than the tasks of a ladder: one snapshot may change them all, and all of that is to be told.
constexpr std::size_t kShownChanges = 256;

template <typename T>
void keep_newest(std::deque<T>& kept, T value, std::size_t most) {
  if (kept.size() == most) kept.pop_front();
  kept.push_back(std::move(value));
}

}  // namespace

struct Tracker::State {
  Ladder ladder;
  TrackerOptions options;
  std::vector<TaskCurve> curves;  // in the ladder's order
  UnchangedModel model{0};
  ForecastBook forecasts;
  std::deque<TaskChange> changes;
  std::uint64_t changed = 0;
  std::deque<Annotation> annotations;
  std::uint64_t annotated = 0;
  std::shared_ptr<const ProgressReport> report;

  void add(const Score& score);
  std::optional<Midpoint> midpoint_of(std::size_t tier);
  std::optional<Midpoint> midpoint_expected_of(TaskIndex task);
  void publish();
};

Tracker::Tracker(const Ladder& ladder, TrackerOptions options) : state_(std::make_unique<State>()) {
  // Two detectors of each task can raise a false alarm: stall and regress.
  const auto detectors = 2.0 * static_cast<double>(std::max<std::size_t>(1, ladder.tasks.size()));
  const MonitorOptions monitor{.profile = options.profile,
                               .alpha = options.false_alarms_per_run / detectors,
                               .planned_probes = options.planned_probes,
                               .foretells = options.foretells};
  if (options.foretells) CrossingTimes::prepare();  // no score is to pay for it
  state_->curves.reserve(ladder.tasks.size());
  for (const Task& task : ladder.tasks)
    state_->curves.emplace_back(task, ladder.tiers[task.tier].name, monitor);
  state_->model = UnchangedModel(ladder.tasks.size());
  state_->ladder = ladder;
  state_->options = std::move(options);
  state_->publish();
}

Tracker::~Tracker() = default;

std::shared_ptr<const ProgressReport> Tracker::update(std::span<const Score> scores) {
  state_->model.add(scores);
  for (const Score& score : scores)
    if (score.task < state_->curves.size()) state_->add(score);
  state_->publish();
  return state_->report;
}

std::shared_ptr<const ProgressReport> Tracker::compare(std::span<const Score> open,
                                                       std::span<const Score> sealed) {
  for (const Score& asked : open)
    for (const Score& other : sealed)
      if (asked.task == other.task && asked.task < state_->curves.size())
        state_->curves[asked.task].compare(asked, other);
  state_->publish();
  return state_->report;
}

std::shared_ptr<const ProgressReport> Tracker::annotate(const Annotation& annotation) {
  keep_newest(state_->annotations, annotation, kShownAnnotations);
  if (annotation.kind == AnnotationKind::kNote) ++state_->annotated;
  if (annotation.rearm)
    for (TaskCurve& curve : state_->curves) curve.rearm_above(annotation.step);
  state_->publish();
  return state_->report;
}

std::shared_ptr<const ProgressReport> Tracker::explain(
    std::span<const ChangeExplanation> explanations) {
  for (const ChangeExplanation& explanation : explanations) {
    if (explanation.task >= state_->curves.size()) continue;
    TaskCurve& curve = state_->curves[explanation.task];
    curve.explain(explanation.step, explanation.lost_answers, explanation.stream);
    for (TaskChange& change : state_->changes)
      if (change.change.step == explanation.step && change.task == curve.progress().task)
        change.change.stream = explanation.stream;
  }
  state_->publish();
  return state_->report;
}

std::shared_ptr<const ProgressReport> Tracker::report() const { return state_->report; }

std::optional<Midpoint> Tracker::State::midpoint_of(std::size_t tier) {
  std::vector<Midpoint> tasks;
  for (const TaskIndex task : ladder.tiers[tier].tasks)
    if (const auto midpoint = curves[task].midpoint()) tasks.push_back(*midpoint);
  return tier_midpoint(tasks);
}

std::optional<Midpoint> Tracker::State::midpoint_expected_of(TaskIndex task) {
  const std::size_t tier = ladder.tasks[task].tier;
  if (tier < 2) return std::nullopt;
  const auto below = midpoint_of(tier - 1), next_below = midpoint_of(tier - 2);
  if (!below || !next_below) return std::nullopt;
  return expected_midpoint(*below, *next_below);
}

void Tracker::State::add(const Score& score) {
  TaskCurve& curve = curves[score.task];
  const TaskProgress& task = curve.progress();
  const Step before = task.last_change ? task.last_change->step : 0;
  curve.add(
      score, forecasts, [this, &score] { return midpoint_expected_of(score.task); }, model.since());
  if (!task.last_change || task.last_change->step == before) return;
  TaskChange change{task.task, task.tier, *task.last_change};
  change.change.items_lost.clear();
  keep_newest(changes, std::move(change), kShownChanges);
  ++changed;
}

void Tracker::State::publish() {
  auto next = std::make_shared<ProgressReport>();
  next->run = options.run;
  next->attempt = options.attempt;
  next->ladder = ladder.name;
  next->ladder_version = ladder.version;
  next->false_alarms_per_run = options.false_alarms_per_run;
  next->unchanged_since = model.since();
  next->unchanged_suspected = model.suspected();
  next->calibration = forecasts.calibration();
  next->tasks.reserve(curves.size());
  for (const TaskCurve& curve : curves) {
    next->tasks.push_back(curve.progress());
    next->step = std::max(next->step, curve.progress().step);
    next->time = std::max(next->time, curve.progress().time);
  }
  next->tiers = tier_progress(ladder, next->tasks);
  next->changes.assign(changes.begin(), changes.end());
  next->changed = changed;
  next->annotations.assign(annotations.begin(), annotations.end());
  next->annotated = annotated;
  report = std::move(next);
}

}  // namespace gradus
