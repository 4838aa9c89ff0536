#include "app/probe_loop.h"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "progress/settled.h"

namespace gradus {

ProbeLoop::ProbeLoop(Prober& prober, Tracker& tracker, History& history,
                     Latest<Snapshot>& snapshots, RunSlots& slots, Clock& clock, Log& log)
    : prober_(prober),
      tracker_(tracker),
      history_(history),
      snapshots_(snapshots),
      slots_(slots),
      clock_(clock),
      log_(log) {
  const auto report = tracker_.report();
  look_next(*report);
  slots_.progress.set(report);
  publish_stats();
}

bool ProbeLoop::step(const std::stop_token& stop, Duration wait) {
  const std::uint64_t before = seen_;
  if (!snapshots_.wait_newer(seen_, stop, wait)) {
    publish_stats();
    return !stop.stop_requested();
  }
  missed_ += seen_ - before - 1;
  const std::shared_ptr<const Snapshot> snapshot = snapshots_.get();
  const std::vector<Score> scores = prober_.probe(*snapshot);
  if (!scores.empty()) {
    const auto report = tracker_.update(scores);
    if (auto written = history_.append(scores, *report); !written)
      log_.sampled(LogLevel::kError, "progress", "history", written.error().message);
    look_next(*report);
    slots_.progress.set(report);
  }
  publish_stats();
  return !snapshot->last;
}

void ProbeLoop::run(const std::stop_token& stop) {
  while (step(stop, std::chrono::milliseconds(200))) {
  }
}

void ProbeLoop::publish_stats() {
  auto stats = std::make_shared<ProbeStats>(prober_.stats());
  stats->snapshots_missed = missed_;
  stats->heartbeat = clock_.now();
  slots_.probes.set(std::move(stats));
}

void ProbeLoop::look_next(const ProgressReport& report) {
  std::vector<Interest> interest;
  interest.reserve(report.tasks.size());
  for (const TaskProgress& task : report.tasks)
    interest.push_back(is_settled(task) ? Interest::kSettled : Interest::kFrontier);
  prober_.set_interest(interest);
}

}  // namespace gradus
