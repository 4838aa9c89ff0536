#include "ingest/ingest_loop.h"

#include <algorithm>
#include <utility>

#include "base/invariant.h"

namespace gradus {
namespace {

constexpr Duration kPollWait = std::chrono::milliseconds(100);
constexpr Duration kPublishEvery = std::chrono::milliseconds(100);
constexpr Duration kConfirmAtEnd = std::chrono::seconds(30);
constexpr Duration kConfirmAtStop = std::chrono::seconds(3);
constexpr Duration kFlushSlice = std::chrono::milliseconds(200);  // between two looks at the stop

constexpr double kSilentSeconds = 5;

}  // namespace

std::optional<double> silent_seconds(const IngestStats& stats, Timestamp now) {
  if (stats.ended || !stats.waiting) return std::nullopt;
  const double seconds = unix_seconds(now) - unix_seconds(stats.last_message);
  return seconds >= kSilentSeconds ? std::optional(seconds) : std::nullopt;
}

IngestLoop::IngestLoop(IngestOptions options, Source& source, Decoder& decoder,
                       DeadLetters* dead_letters, StreamPosition start,
                       BoundedQueue<ExampleBatch>& queue, Latest<StreamPosition>& committed,
                       Latest<IngestStats>& stats, Clock& clock, Log& log)
    : options_(std::move(options)),
      source_(source),
      decoder_(decoder),
      dead_letters_(dead_letters),
      position_(std::move(start)),
      queue_(queue),
      committed_(committed),
      published_(stats),
      clock_(clock),
      log_(log),
      commits_seen_(committed.version()),
      handed_on_(options_.examples_before) {
  invariant(options_.on_error != OnError::kDeadLetter || dead_letters_ != nullptr,
            "on_error: dead_letter has somewhere to write to");
  position_.stream = source_.identity();
  stats_.topic = source_.topic();
  stats_.last_message = clock_.now();
  last_publish_ = clock_.elapsed();
}

Result<void> IngestLoop::run(const std::stop_token& stop) {
  Result<bool> more = true;
  while (more && *more && !stop.stop_requested()) more = step(stop);
  const Result<void> ended = more ? confirm(stop) : tl::unexpected(more.error());
  queue_.close();
  publish();
  return ended;
}

Result<void> IngestLoop::confirm(const std::stop_token& stop) {
  const Duration begun = clock_.elapsed();
  for (;;) {
    const auto known = source_.confirm(kPollWait);
    if (!known) return tl::unexpected(known.error());
    if (*known) return {};
    const Duration limit = stop.stop_requested() ? kConfirmAtStop : kConfirmAtEnd;
    if (clock_.elapsed() - begun >= limit) break;
  }
  log_.warning("ingest", stats_.topic +
                             ": whether it is still the same stream was not answered in time; the "
                             "next start compares it");
  return {};
}

Result<bool> IngestLoop::step(const std::stop_token& stop) {
  const auto records = source_.poll(batch_target() - batch_.size(), kPollWait);
  if (!records) return tl::unexpected(records.error());
  note_starts();
  stats_.waiting = records->empty();
  if (!stats_.waiting) stats_.last_message = clock_.now();
  for (const RawRecord& record : *records) {
    const auto taken = take(record, stop);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken == Outcome::kStopped) return true;
  }
  stats_.ended = source_.ended();
  if (batch_due()) {
    const auto handed_on = hand_on(stop);
    if (!handed_on) return tl::unexpected(handed_on.error());
    if (*handed_on == Outcome::kStopped) return stop.stop_requested();
  }
  if (stats_.ended || clock_.elapsed() - last_publish_ >= kPublishEvery) publish();
  return !stats_.ended;
}

// A poll never asks for more than the batch has room for, so one step fills at most one batch.
std::size_t IngestLoop::batch_target() const {
  if (options_.minibatch > 0) return options_.minibatch;
  std::size_t most = options_.max_batch;
  if (options_.next_border)
    most = std::min<Step>(most, options_.next_border(handed_on_) - handed_on_);
  return std::max<std::size_t>(1, most);
}

bool IngestLoop::batch_due() const {
  if (stats_.ended) return moved_;
  return options_.minibatch > 0 ? batch_.size() == options_.minibatch : !batch_.empty();
}

Result<IngestLoop::Outcome> IngestLoop::take(const RawRecord& record, const std::stop_token& stop) {
  ++stats_.messages;
  stats_.bytes += record.bytes.size();
  const PartitionPosition* known = position_.find(record.partition);
  // Where a new run begins is for the source to say: a log may have lost its oldest records.
  const std::int64_t expected = known != nullptr ? known->next : record.offset;
  if (record.offset < expected) {
    ++stats_.duplicates;
    ++batch_.events.duplicates;
    return Outcome::kDone;
  }
  if (const auto checked = check_offset(record, expected); !checked) {
    return tl::unexpected(checked.error());
  }
  const Reject reason = decode(record);
  if (reason != Reject::kNone && !record.whole && options_.on_error != OnError::kFail) {
    leave(record, reason);
    return Outcome::kDone;
  }
  if (reason != Reject::kNone) {
    const auto rejected = reject(record, reason, stop);
    if (!rejected || *rejected == Outcome::kStopped) return rejected;
  } else {
    ++stats_.examples;
    consecutive_errors_ = 0;
  }
  PartitionPosition& entry = position_.at(record.partition);
  entry.next = record.offset + 1;
  entry.last_timestamp_ms = record.timestamp_ms;
  moved_ = true;
  return Outcome::kDone;
}

// A partition belongs to the position before its first record comes: what a log loses of it while
// the run stands still is then missed.
void IngestLoop::note_starts() {
  const auto starts = source_.starts();
  for (; starts_seen_ < starts.size(); ++starts_seen_) {
    const PartitionPosition& start = starts[starts_seen_];
    if (position_.find(start.partition) == nullptr) position_.at(start.partition) = start;
  }
}

Result<void> IngestLoop::check_offset(const RawRecord& record, std::int64_t expected) {
  if (record.offset - record.unreadable_before <= expected) return {};
  ++stats_.gaps;
  ++batch_.events.gaps;
  if (options_.gap_policy == GapPolicy::kCount) return {};
  return fail(ErrorCode::kBadData, source_.place_of(record) + ": the offset before it should be " +
                                       std::to_string(record.offset - 1) +
                                       ", the stream stood at " + std::to_string(expected) +
                                       "; gap_policy: count goes on");
}

// Half a record is none, and the other half may still be written: the position stays before it.
void IngestLoop::leave(const RawRecord& record, Reject reason) {
  log_.warning("ingest", source_.place_of(record) +
                             ": the last line has no line feed and is no whole record (" +
                             std::string(reject_name(reason)) +
                             "): it is left, and read once it is completed");
}

Reject IngestLoop::decode(const RawRecord& record) {
  if (record.tombstone) return Reject::kTombstone;
  if (record.bytes.size() > options_.max_record_bytes) return Reject::kTooLarge;
  return decoder_.decode(record, batch_);
}

Result<IngestLoop::Outcome> IngestLoop::reject(const RawRecord& record, Reject reason,
                                               const std::stop_token& stop) {
  const auto count = [&] {
    ++stats_.rejected[static_cast<std::size_t>(reason)];
    ++batch_.events.of(reason);
  };
  if (reason == Reject::kTombstone) {
    count();
    return Outcome::kDone;
  }
  // The payload may hold secrets: a line names the place and the reason only.
  const std::string name(reject_name(reason));
  const std::string line =
      source_.place_of(record) + ": " + name + ": " + decoder_.explain(record, reason);
  if (options_.on_error == OnError::kDeadLetter) {
    const auto written = write_dead_letter(record, reason, stop);
    if (!written || *written == Outcome::kStopped) return written;
  }
  count();
  if (options_.on_error == OnError::kFail) {
    return fail(ErrorCode::kBadData, line + " (on_error: skip or dead_letter goes on without it)");
  }
  if (++consecutive_errors_ >= options_.max_consecutive_errors) {
    return fail(ErrorCode::kBadData,
                std::to_string(consecutive_errors_) +
                    " records in a row could not be decoded, is this the right "
                    "format? The last one: " +
                    line);
  }
  log_.sampled(LogLevel::kWarning, "ingest", name, line);
  return Outcome::kDone;
}

// A dead letter is never dropped: while its peer does not answer the stream waits, which shows as
// lag.
Result<IngestLoop::Outcome> IngestLoop::write_dead_letter(const RawRecord& record, Reject reason,
                                                          const std::stop_token& stop) {
  for (;;) {
    const auto written = dead_letters_->write(record, stats_.topic, reason);
    undelivered_ = true;
    if (written) return Outcome::kDone;
    if (written.error().code != ErrorCode::kUnavailable) return tl::unexpected(written.error());
    const auto flushed = flush_dead_letters(stop);
    if (!flushed || *flushed == Outcome::kStopped) return flushed;
  }
}

Result<IngestLoop::Outcome> IngestLoop::flush_dead_letters(const std::stop_token& stop) {
  while (undelivered_) {
    const auto flushed = dead_letters_->flush(kFlushSlice);
    if (flushed) {
      undelivered_ = false;
    } else if (flushed.error().code != ErrorCode::kUnavailable) {
      return tl::unexpected(flushed.error());
    } else if (stop.stop_requested()) {
      return Outcome::kStopped;
    } else {
      log_.sampled(LogLevel::kWarning, "ingest", "dead_letters",
                   "waiting for dead letters to be delivered: " + flushed.error().message);
      publish();
    }
  }
  return Outcome::kDone;
}

Result<IngestLoop::Outcome> IngestLoop::hand_on(const std::stop_token& stop) {
  const auto flushed = flush_dead_letters(stop);
  if (!flushed || *flushed == Outcome::kStopped) return flushed;
  source_.mark(position_);
  batch_.next = position_;
  const std::size_t examples = batch_.size();
  ExampleBatch fresh;
  fresh.reserve_like(batch_);
  const Duration before = clock_.elapsed();
  const bool pushed = queue_.push(std::move(batch_), stop);
  stats_.backpressure_seconds += std::chrono::duration<double>(clock_.elapsed() - before).count();
  if (!pushed) return Outcome::kStopped;
  batch_ = std::move(fresh);
  handed_on_ += examples;
  moved_ = false;
  return Outcome::kDone;
}

void IngestLoop::publish() {
  last_publish_ = clock_.elapsed();
  if (const auto version = committed_.version(); version != commits_seen_) {
    commits_seen_ = version;
    source_.commit(*committed_.get());
  }
  stats_.source = source_.facts();
  stats_.resets = stats_.source.resets;
  stats_.heartbeat = clock_.now();
  if (dead_letters_ != nullptr) {
    stats_.dead_letters_delivered = dead_letters_->delivered();
    stats_.dead_letters_failed = dead_letters_->failed();
  }
  published_.set(std::make_shared<const IngestStats>(stats_));
}

}  // namespace gradus
