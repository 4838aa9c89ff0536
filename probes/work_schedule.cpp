#include "probes/work_schedule.h"

#include <algorithm>
#include <tuple>

#include "base/invariant.h"

namespace gradus {
namespace {

// The fewest for which the detectors' error rates and delays are stated.
constexpr double kFewestPerDoubling = 20;

}  // namespace

WorkSchedule::WorkSchedule(WorkLimits limits, std::vector<std::uint32_t> items)
    : limits_(limits),
      rate_(limits.share < 1 ? limits.share / (1 - limits.share)
                             : std::numeric_limits<double>::infinity()) {
  invariant(limits.per_doubling > 0 && limits.share > 0, "probes are made at some rate");
  for (const std::uint32_t count : items) tasks_.push_back({.items = count});
  advance_ = 0;
  for (const Probed& task : tasks_) advance_ += limits_.advance_probes * cost(task);
}

std::vector<TaskIndex> WorkSchedule::due(Step step, std::span<const Interest> interest) const {
  const double now = doublings(step);
  const double grid = 1 / limits_.per_doubling;
  const double frontier = in_advance(step) ? std::max(grid, 1 / kFewestPerDoubling) : grid;
  struct Turn {
    bool settled;
    double last;
    TaskIndex task;
  };
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const bool settled = i < interest.size() && interest[i] == Interest::kSettled;
    const double period = settled ? kSettledEvery * frontier : frontier;
    const double waited = now - tasks_[i].last;
    // Snapshots come with whole batches, so a turn may fall a little before its time.
    if (waited < period - grid / 2) continue;
    turns.push_back(
        {settled && waited < kPatience * period, tasks_[i].last, static_cast<TaskIndex>(i)});
  }
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return std::tie(a.settled, a.last) < std::tie(b.settled, b.last);
  });
  std::vector<TaskIndex> tasks;
  tasks.reserve(turns.size());
  for (const Turn& turn : turns) tasks.push_back(turn.task);
  return tasks;
}

bool WorkSchedule::affords(TaskIndex task, Step step) const {
  return spent() + cost(tasks_[task]) <= rate_ * static_cast<double>(step) + advance_;
}

void WorkSchedule::note(TaskIndex task, Step step) {
  ++tasks_[task].probes;
  tasks_[task].last = std::max(tasks_[task].last, doublings(step));
}

double WorkSchedule::share(Step step) const {
  const double all = spent() + static_cast<double>(step);
  return all > 0 ? spent() / all : 0;
}

double WorkSchedule::round_examples() const {
  double round = 0;
  for (const Probed& task : tasks_) round += cost(task);
  return round / rate_;
}

double WorkSchedule::cost(const Probed& task) const { return limits_.item_work * task.items; }

// Summed from counts, so that a run that was resumed comes to the same bits.
double WorkSchedule::spent() const {
  double work = 0;
  for (const Probed& task : tasks_) work += static_cast<double>(task.probes) * cost(task);
  return work;
}

bool WorkSchedule::in_advance(Step step) const {
  return spent() > rate_ * static_cast<double>(step);
}

}  // namespace gradus
