#include "learner/learner_loop.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "base/invariant.h"

namespace gradus {
namespace {

constexpr Duration kPublishEvery = std::chrono::milliseconds(100);
constexpr Duration kLongestWait = std::chrono::milliseconds(100);
// No pace of a stream, and no poll, is that slow.
constexpr Duration kSilence = std::chrono::seconds(5);

constexpr std::array kUpdateBounds = {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2,
                                      3e-2, 1e-1, 3e-1, 1.0,  3.0,  10.0};
constexpr std::array kDelayBounds = {0.01, 0.03, 0.1,   0.3,    1.0,     3.0,
                                     10.0, 60.0, 300.0, 3600.0, 21600.0, 86400.0};
constexpr std::array kCheckpointBounds = {0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0};

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

LearnerStats::LearnerStats()
    : update_seconds(kUpdateBounds),
      event_delay_seconds(kDelayBounds),
      checkpoint_seconds(kCheckpointBounds) {}

Step next_probe_step(Step step, double per_doubling, Step first, Step min_spacing) {
  invariant(per_doubling > 0, "a geometric grid has points");
  const double growth = std::exp2(1 / per_doubling) - 1;
  const Step closest = std::max<Step>(1, min_spacing);
  Step next = std::max<Step>(1, first);
  while (next <= step)
    next += std::max(closest, static_cast<Step>(static_cast<double>(next) * growth));
  return next;
}

LearnerLoop::LearnerLoop(LearnerLoopOptions options, Learner& learner, CheckpointStore* store,
                         const std::optional<Checkpoint>& resumed,
                         BoundedQueue<ExampleBatch>& queue, Latest<Snapshot>& snapshots,
                         Latest<StreamPosition>& committed, Latest<LearnerStats>& stats,
                         Clock& clock, Log& log)
    : options_(std::move(options)),
      learner_(learner),
      store_(store),
      queue_(queue),
      snapshots_(snapshots),
      committed_(committed),
      published_(stats),
      clock_(clock),
      log_(log),
      watch_(learner.input()) {
  if (resumed) {
    stats_.step = resumed->step;
    stats_.own_steps = resumed->own_steps;
    stats_.sums = resumed->sums;
    run_events_ = resumed->events;
    events_from_ = resumed->events_from;
    stats_.position = resumed->position;
    stats_.last_checkpoint_step = resumed->step;
    committed_.set(std::make_shared<StreamPosition>(resumed->position));
  }
  stats_.own_steps.resize(options_.tasks);
  stats_.attempt_own_steps.resize(options_.tasks);
  next_probe_ = probe_step_after(stats_.step);
  last_checkpoint_ = last_batch_ = clock_.elapsed();
  publish();
}

Result<bool> LearnerLoop::step(const std::stop_token& stop, Duration wait) {
  if (has_enough()) return false;
  stop_ = stop;
  // A stop ends the wait for a batch; what is queued by then is still learned, and after the stop
  // it is the closing of the queue that wakes us.
  auto batch = queue_.pop_for(stop.stop_requested() ? std::stop_token{} : stop, wait);
  if (batch) {
    const Duration cpu = clock_.thread_cpu();
    note_wait(clock_.elapsed() - last_batch_);
    learn(*batch);
    last_batch_ = clock_.elapsed();
    stats_.cpu_seconds += seconds(clock_.thread_cpu() - cpu);
  }
  checkpoint_when_due();
  publish_when_due();
  return !queue_.drained() && !has_enough();
}

Result<void> LearnerLoop::run(const std::stop_token& stop) {
  for (bool more = true; more;) {
    const auto stepped = step(stop, kLongestWait);
    if (!stepped) return tl::unexpected(stepped.error());
    more = *stepped;
  }
  return finish();
}

Result<void> LearnerLoop::finish() {
  if (finished_) return {};
  finished_ = true;
  snapshot();
  const auto written = checkpoint();
  stats_.finished = true;
  publish();
  return written;
}

void LearnerLoop::note_wait(Duration waited) {
  if (waited >= kSilence) silent_seconds_ += seconds(waited);
}

void LearnerLoop::learn(const ExampleBatch& batch) {
  stats_.position = batch.next;
  events_ += batch.events;
  run_events_ += batch.events;
  if (batch.empty()) return;
  const Duration start = clock_.elapsed();
  const LearnSums sums = learner_.learn(batch);
  stats_.update_seconds.observe(seconds(clock_.elapsed() - start));
  stats_.sums += sums;
  stats_.attempt_sums += sums;
  stats_.step += batch.size();
  for (const TaskIndex task : batch.task) {
    if (task >= stats_.own_steps.size()) continue;
    ++stats_.own_steps[task];
    ++stats_.attempt_own_steps[task];
  }
  watch_.take(batch, sums);
  stats_.diverged = watch_.diverged();
  note_event_time(batch);
  if (stats_.step >= next_probe_) {
    snapshot();
    next_probe_ = probe_step_after(stats_.step);
  }
}

void LearnerLoop::note_event_time(const ExampleBatch& batch) {
  const std::int64_t event = batch.event_time_ms.empty() ? -1 : batch.event_time_ms.back();
  if (event < 0) return;
  stats_.last_event = Timestamp(std::chrono::milliseconds(event));
  // The producer's clock may be ahead of ours.
  const double delay = unix_seconds(clock_.now()) - unix_seconds(stats_.last_event);
  stats_.event_delay_seconds.observe(std::max(0.0, delay));
}

/// Waits until the snapshot that is under way has been probed. A run that fails stops the learner's
/// thread: what is then missed belongs to no run that ends well.
void LearnerLoop::wait_for_probes() {
  if (options_.probed == nullptr || !under_way_) return;
  const auto told = [this] {
    const auto step = options_.probed->get();
    return step && *step >= *under_way_;
  };
  while (!told() && !stop_.stop_requested())
    options_.probed->wait_newer(probed_seen_, stop_, kLongestWait);
  under_way_.reset();
}

void LearnerLoop::snapshot() {
  wait_for_probes();
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->step = stats_.step;
  snapshot->own_steps = stats_.own_steps;
  snapshot->position = stats_.position;
  snapshot->totals = {stats_.attempt_sums, events_, silent_seconds_};
  snapshot->time = clock_.now();
  snapshot->last = finished_;
  snapshot->predictor = learner_.freeze();
  under_way_ = stats_.step;
  snapshots_.set(std::move(snapshot));
}

// At every step: a stream that falls silent leaves no example unkept for longer than the interval.
void LearnerLoop::checkpoint_when_due() {
  if (stats_.step == stats_.last_checkpoint_step) return;
  if (clock_.elapsed() - last_checkpoint_ < options_.checkpoint_every) return;
  wait_for_probes();
  // The run goes on without: the stream can be read again from the checkpoint before.
  if (auto written = checkpoint(); !written)
    log_.sampled(LogLevel::kError, "learner", "checkpoint", written.error().message);
}

Result<void> LearnerLoop::checkpoint() {
  if (store_ == nullptr) return {};
  const Duration start = clock_.elapsed();
  last_checkpoint_ = start;
  ByteWriter state;
  learner_.save(state);
  Checkpoint checkpoint;
  checkpoint.run = options_.run;
  checkpoint.learner = options_.learner;
  checkpoint.config_hash = options_.config_hash;
  checkpoint.configuration = options_.configuration;
  checkpoint.step = stats_.step;
  checkpoint.own_steps = stats_.own_steps;
  checkpoint.position = stats_.position;
  checkpoint.sums = stats_.sums;
  checkpoint.events_from = events_from_;
  checkpoint.events = run_events_;
  checkpoint.state = state.take();
  const auto written = store_->save(checkpoint);
  if (!written) {
    ++stats_.checkpoints_failed;
    return tl::unexpected(written.error());
  }
  ++stats_.checkpoints_ok;
  stats_.last_checkpoint = clock_.now();
  stats_.last_checkpoint_step = stats_.step;
  stats_.checkpoint_bytes = *written;
  stats_.checkpoint_seconds.observe(seconds(clock_.elapsed() - start));
  committed_.set(std::make_shared<StreamPosition>(stats_.position));
  return {};
}

bool LearnerLoop::has_enough() const {
  return options_.max_examples > 0 && stats_.step >= options_.max_examples;
}

Step LearnerLoop::probe_step_after(Step step) const {
  return next_probe_step(step, options_.probes_per_doubling, options_.first_probe,
                         options_.min_spacing);
}

void LearnerLoop::publish_when_due() {
  if (clock_.elapsed() - last_publish_ >= kPublishEvery) publish();
}

void LearnerLoop::publish() {
  last_publish_ = clock_.elapsed();
  stats_.facts = learner_.facts();
  stats_.heartbeat = clock_.now();
  published_.set(std::make_shared<LearnerStats>(stats_));
}

}  // namespace gradus
