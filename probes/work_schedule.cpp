#include "probes/work_schedule.h"

#include <algorithm>
#include <tuple>

#include "base/invariant.h"

namespace gradus {
namespace {

// Of a task at the frontier, while probes are paid for beyond their share.
constexpr double kEarlyPerDoubling = 12;
// About where the first snapshot is taken: every task is probed there.
constexpr Step kStart = 256;

unsigned every(Interest interest) {
  switch (interest) {
    case Interest::kFrontier:
      return 1;
    case Interest::kSettled:
      return kSettledEvery;
    case Interest::kOutOfReach:
      return kOutOfReachEvery;
  }
  return 1;
}

}  // namespace

WorkSchedule::WorkSchedule(WorkLimits limits, std::vector<std::uint32_t> items)
    : limits_(limits),
      rate_(limits.share < 1 ? limits.share / (1 - limits.share)
                             : std::numeric_limits<double>::infinity()) {
  invariant(limits.per_doubling > 0 && limits.share > 0, "probes are made at some rate");
  for (const std::uint32_t count : items) tasks_.push_back({.items = count});
}

std::vector<TaskIndex> WorkSchedule::due(Step step, std::span<const Interest> interest) const {
  const double now = doublings(step);
  const double grid = 1 / limits_.per_doubling;
  const double frontier = beyond_share(step) ? std::max(grid, 1 / kEarlyPerDoubling) : grid;
  struct Turn {
    bool settled;
    double last;
    TaskIndex task;
  };
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const unsigned thinner = i < interest.size() ? every(interest[i]) : 1;
    const double period = thinner * frontier;
    const double waited = now - tasks_[i].last;
    // Snapshots come with whole batches, so a turn may fall a little before its time.
    if (waited < period - grid / 2) continue;
    turns.push_back(
        {thinner > 1 && waited < kPatience * period, tasks_[i].last, static_cast<TaskIndex>(i)});
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
  const double start = std::max(0.0, doublings(step) - doublings(kStart));
  const double allowed = std::max(rate_ * static_cast<double>(step),
                                  round_cost() * (1 + limits_.rounds_per_doubling * start));
  return spent() + cost(tasks_[task]) <= allowed;
}

void WorkSchedule::note(TaskIndex task, Step step) {
  ++tasks_[task].probes;
  tasks_[task].last = std::max(tasks_[task].last, doublings(step));
}

double WorkSchedule::share(Step step) const {
  const double all = spent() + static_cast<double>(step);
  return all > 0 ? spent() / all : 0;
}

double WorkSchedule::round_examples() const { return round_cost() / rate_; }

double WorkSchedule::round_cost() const {
  double round = 0;
  for (const Probed& task : tasks_) round += cost(task);
  return round;
}

double WorkSchedule::cost(const Probed& task) const { return limits_.item_work * task.items; }

// Summed from counts, so that a run that was resumed comes to the same bits.
double WorkSchedule::spent() const {
  double work = 0;
  for (const Probed& task : tasks_) work += static_cast<double>(task.probes) * cost(task);
  return work;
}

bool WorkSchedule::beyond_share(Step step) const {
  return spent() > rate_ * static_cast<double>(step);
}

}  // namespace gradus
