#include "run/probe_loop.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "progress/settled.h"

namespace gradus {
namespace {

constexpr Duration kBetweenRetries = std::chrono::seconds(5);

}  // namespace

ProbeLoop::ProbeLoop(ProbeLoopParts parts, Clock& clock, Log& log)
    : parts_(parts), clock_(clock), log_(log), backlog_(parts.history), began_(clock.now()) {
  const auto report = parts_.tracker.report();
  look_next(*report);
  parts_.slots.progress.set(report);
  parts_.slots.answers.set(parts_.answers.pages());
  publish_stats();
}

bool ProbeLoop::step(const std::stop_token& stop, Duration wait) {
  const std::uint64_t before = seen_;
  const bool newer = parts_.snapshots.wait_newer(seen_, stop, wait);
  take_annotations();
  if (!newer) {
    // Before the next snapshot there may be a long silence.
    if (!backlog_.is_empty() && clock_.elapsed() - last_write_ >= kBetweenRetries) write_history();
    publish_stats();
    return !stop.stop_requested();
  }
  missed_ += seen_ - before - 1;
  const std::shared_ptr<const Snapshot> snapshot = parts_.snapshots.get();
  const std::vector<Score> scores = parts_.prober.probe(*snapshot);
  const Result<void> noted = note_stream(*snapshot);
  if (!scores.empty()) {
    auto report = explained(scores, parts_.tracker.update(scores));
    backlog_.add(scores, *report);
    const std::vector<Score> sealed = parts_.sealed.probe(*snapshot, scores);
    if (!sealed.empty()) report = parts_.tracker.compare(scores, sealed);
    keep_answers(scores, *report);
    look_next(*report);
    parts_.slots.progress.set(report);
    parts_.prober.charge_for_scores();
  }
  // A history that is locked makes every writer wait: one wait a snapshot is enough.
  if (noted) write_history();
  log_if_failed(noted);
  publish_stats();
  if (parts_.probed != nullptr) parts_.probed->set(std::make_shared<Step>(snapshot->step));
  return !snapshot->last;
}

void ProbeLoop::run(const std::stop_token& stop) {
  while (step(stop, std::chrono::milliseconds(200))) {
  }
  parts_.annotations.close();
  take_annotations();
  write_history();
  log_what_is_lost();
  publish_stats();
}

void ProbeLoop::take_annotations() {
  while (auto annotation = parts_.annotations.try_pop()) {
    // Scores beyond the step that the main thread knew may have been taken: it comes after them.
    annotation->step = std::max(annotation->step, parts_.tracker.report()->step);
    backlog_.add(*annotation);
    write_history();
    parts_.slots.progress.set(parts_.tracker.annotate(*annotation));
  }
}

void ProbeLoop::write_history() {
  last_write_ = clock_.elapsed();
  log_if_failed(backlog_.write());
}

Result<void> ProbeLoop::note_stream(const Snapshot& snapshot) {
  const RunningTotals& now = snapshot.totals;
  const bool first = !noted_;
  const StreamMark before =
      noted_.value_or(StreamMark{.step = snapshot.step - now.sums.examples, .time = began_});
  StreamEvents events = now.events;
  events -= before.totals.events;
  auto written =
      backlog_.note_stream({.from = before.step,
                            .to = snapshot.step,
                            .from_time = before.time,
                            .to_time = snapshot.time,
                            .examples = now.sums.examples - before.totals.sums.examples,
                            .log_loss = (now.sums.log_loss - before.totals.sums.log_loss).value(),
                            .non_finite = now.sums.non_finite() - before.totals.sums.non_finite(),
                            .events = events,
                            .restarts = first && parts_.tracker.report()->attempt > 1 ? 1u : 0u,
                            .silent_seconds = now.silent_seconds - before.totals.silent_seconds});
  // Where that failed, the next span begins where this one did.
  if (written) noted_ = StreamMark{snapshot.step, snapshot.time, now};
  return written;
}

std::shared_ptr<const ProgressReport> ProbeLoop::explained(
    std::span<const Score> scores, std::shared_ptr<const ProgressReport> report) {
  std::vector<ChangeExplanation> explanations;
  for (const Score& score : scores) {
    const auto& change = report->tasks[score.task].last_change;
    if (!change || change->step != score.step) continue;
    ChangeExplanation& explanation = explanations.emplace_back();
    explanation.task = score.task;
    explanation.step = score.step;
    explanation.lost_answers =
        parts_.answers.lost(score.task, change->items_lost, *parts_.prober.given(score.task));
    const auto from = change->window_from();
    if (!from) continue;
    const auto stream = parts_.history.stream_window(*from, score.step);
    if (!stream)
      log_if_failed(tl::unexpected(stream.error()));
    else if (stream->span.examples > 0)
      explanation.stream = *stream;
  }
  return explanations.empty() ? report : parts_.tracker.explain(explanations);
}

void ProbeLoop::keep_answers(std::span<const Score> scores, const ProgressReport& report) {
  for (const Score& score : scores) {
    parts_.answers.take(score.task, parts_.prober.given(score.task), report);
    backlog_.add(score.task, parts_.answers.of(score.task));
  }
  parts_.slots.answers.set(parts_.answers.pages());
}

void ProbeLoop::log_if_failed(const Result<void>& written) {
  if (!written) log_.sampled(LogLevel::kError, "progress", "history", written.error().message);
}

void ProbeLoop::log_what_is_lost() {
  const HistoryStats& stats = backlog_.stats();
  const std::uint64_t lost = stats.scores_waiting + stats.scores_dropped;
  if (lost > 0)
    log_.error("progress", std::to_string(lost) +
                               " scores of this attempt could not be written into history.db: "
                               "its curves have gaps there");
}

void ProbeLoop::publish_stats() {
  parts_.slots.history.set(std::make_shared<HistoryStats>(backlog_.stats()));
  auto stats = std::make_shared<ProbeStats>(parts_.prober.stats());
  stats->snapshots_missed = missed_;
  stats->heartbeat = clock_.now();
  parts_.slots.probes.set(std::move(stats));
}

void ProbeLoop::look_next(const ProgressReport& report) {
  parts_.prober.set_interest(interest_of(report));
}

}  // namespace gradus
