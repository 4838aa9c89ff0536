#include "run/supervisor.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace gradus {
namespace {

/// Lets the calling thread give way to the others where all cores are busy: a probe may come a
/// little later, a scrape should not wait for it (p99 of 470 series 5.1 -> 4.1 ms on 2 cores).
void give_way() {
  constexpr int kNice = 5;
  // Linux applies it to one thread. Refused, it costs only that delay.
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
}

}  // namespace

Supervisor::~Supervisor() {
  request_stop();
  parts_.queue.close();
  learner_stop_.request_stop();
  probes_stop_.request_stop();
}

void Supervisor::launch(Loop loop, std::function<Result<void>(const std::stop_token&)> body) {
  std::stop_source& stop = loop == Loop::kFeeder    ? feeder_stop_
                           : loop == Loop::kIngest  ? ingest_stop_
                           : loop == Loop::kLearner ? learner_stop_
                                                    : probes_stop_;
  ++running_;
  threads_.emplace_back([this, loop, token = stop.get_token(), run = std::move(body)] {
    const Result<void> result = run(token);
    // A fresh token: the end must be reported even when the loop itself was stopped.
    ends_.push(End{loop, result ? std::nullopt : std::optional<Error>(result.error())},
               std::stop_token{});
  });
}

void Supervisor::start() {
  if (parts_.probe_loop)
    launch(Loop::kProbes, [this](const std::stop_token& stop) -> Result<void> {
      give_way();
      parts_.probe_loop->run(stop);
      return {};
    });
  launch(Loop::kLearner,
         [this](const std::stop_token& stop) { return parts_.learner_loop->run(stop); });
  launch(Loop::kIngest,
         [this](const std::stop_token& stop) { return parts_.ingest_loop->run(stop); });
}

void Supervisor::start_feeder(std::function<Result<void>(const std::stop_token&)> feed) {
  launch(Loop::kFeeder, std::move(feed));
}

void Supervisor::start_writer(std::function<void(const std::stop_token&)> write) {
  // Its own stop: that of a jthread that is destroyed, with the others once all loops have ended.
  threads_.emplace_back([run = std::move(write)](const std::stop_token& stop) { run(stop); });
}

void Supervisor::request_stop() {
  feeder_stop_.request_stop();
  ingest_stop_.request_stop();
}

void Supervisor::note_failure(const End& end) {
  // A failing stream closes the queue before its own end is noticed, so the learner, which ends for
  // that reason, may be noticed failing first.
  const bool came_before = failed_ == Loop::kLearner && end.loop == Loop::kIngest;
  if (failure_ && !came_before) return;
  failure_ = end.error;
  failed_ = end.loop;
}

bool Supervisor::poll() {
  while (auto end = ends_.try_pop()) {
    --running_;
    if (end->error) {
      note_failure(*end);
      request_stop();
    }
    // The learner ends by itself at its limit of examples: nothing is left for the others to feed
    // it with.
    if (end->loop == Loop::kLearner) {
      request_stop();
      parts_.queue.close();
      // After a failure there may be no last snapshot to wait for.
      if (end->error) probes_stop_.request_stop();
    }
  }
  if (running_ > 0) return false;
  threads_.clear();  // joined: what they owned is the caller's again
  // The last checkpoint is written after the ingest loop has ended: its position is told here.
  if (const auto position = parts_.committed.get(); position && !told_)
    parts_.source->commit(*position);
  told_ = true;
  return true;
}

}  // namespace gradus
