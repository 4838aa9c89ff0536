#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/bounded_queue.h"
#include "base/clock.h"
#include "base/latest.h"
#include "base/log.h"
#include "base/result.h"
#include "base/step.h"
#include "ingest/dead_letters.h"
#include "ingest/decoder.h"
#include "ingest/example_batch.h"
#include "ingest/source.h"

namespace gradus {

/// What is done with a record that cannot be decoded.
enum class OnError : std::uint8_t { kFail, kSkip, kDeadLetter };
/// What is done when offsets jump: normal on compacted and transactional topics.
enum class GapPolicy : std::uint8_t { kCount, kFail };

struct IngestOptions {
  OnError on_error = OnError::kFail;
  GapPolicy gap_policy = GapPolicy::kCount;
  std::size_t minibatch = 0;  ///< examples of a batch, exactly; 0: as they come, at most max_batch
  std::size_t max_batch = 512;
  /// Without a minibatch: gives the example behind which the next batch ends, counted over the
  /// whole run, for a number of examples that were handed on; may be empty. So the learner can stop
  /// at exact steps, however the records arrive.
  std::function<Step(Step)> next_border{};
  Step examples_before = 0;  ///< of the run, when the loop begins
  std::size_t max_record_bytes = 1 << 20;
  std::uint64_t max_consecutive_errors =
      1000;  ///< circuit breaker: a wrong format must not drain a topic
};

/// Counters and facts of the stream, published at most every 100 ms and at the end.
struct IngestStats {
  std::string topic;
  std::uint64_t messages = 0, bytes = 0, examples = 0;
  std::array<std::uint64_t, kRejectCount>
      rejected{};  ///< by Reject; kTombstone counts skipped ones
  std::uint64_t gaps = 0, duplicates = 0, resets = 0;
  std::uint64_t dead_letters_delivered = 0, dead_letters_failed = 0;
  double backpressure_seconds = 0;  ///< time spent waiting for the learner
  Timestamp last_message{};         ///< process start before the first message
  Timestamp heartbeat{};
  SourceFacts source;
  bool waiting = false;  ///< the source had no record when it was asked last
  bool ended = false;
};

/// Seconds since the last record, while gradus waits for the next: from five on, since records come
/// in bursts. Nothing where the stream has ended, or where its records wait for the learner.
std::optional<double> silent_seconds(const IngestStats& stats, Timestamp now);

/// Source -> Decoder -> queue: checks every offset, forms batches, counts what is left out.
/// A batch for a learner with a fixed minibatch holds exactly that many examples, so its borders
/// follow from the stream alone and a resumed run forms the same ones; only the end of the stream
/// may leave a shorter one. A last line that is not whole and cannot be decoded is left unread,
/// except with on_error: fail. An empty batch comes only at the end: it moves the position on over
/// records that were left out. Dead letters are delivered before the batch that passes them.
/// Threads: owned by the ingest thread. Errors of step and run: kBadData (on_error: fail, the
/// breaker, or a forbidden gap), kPositionGone, kUnavailable for a fatal client error, and what
/// source and dead letters refuse for good.
class IngestLoop {
 public:
  /// `source` is open at `start`; `dead_letters` may be null unless on_error is kDeadLetter.
  IngestLoop(IngestOptions options, Source& source, Decoder& decoder, DeadLetters* dead_letters,
             StreamPosition start, BoundedQueue<ExampleBatch>& queue,
             Latest<StreamPosition>& committed, Latest<IngestStats>& stats, Clock& clock, Log& log);

  /// One poll of the source and at most one batch from it; gives false once the stream has ended
  /// and all was handed on, or the queue was closed by its reader.
  Result<bool> step(const std::stop_token& stop);
  /// Steps until the stream ends, fails or a stop is requested; then closes the queue. An
  /// unfinished minibatch at a stop is dropped unlearned: its records are read again after the
  /// restart.
  Result<void> run(const std::stop_token& stop);

 private:
  enum class Outcome : std::uint8_t { kDone, kStopped };

  std::size_t batch_target() const;
  bool batch_due() const;
  void note_starts();
  Result<void> check_offset(const RawRecord& record, std::int64_t expected);
  void leave(const RawRecord& record, Reject reason);
  Result<Outcome> take(const RawRecord& record, const std::stop_token& stop);
  Reject decode(const RawRecord& record);
  Result<Outcome> reject(const RawRecord& record, Reject reason, const std::stop_token& stop);
  Result<Outcome> write_dead_letter(const RawRecord& record, Reject reason,
                                    const std::stop_token& stop);
  Result<Outcome> flush_dead_letters(const std::stop_token& stop);
  Result<Outcome> hand_on(const std::stop_token& stop);
  Result<void> confirm(const std::stop_token& stop);
  void publish();

  IngestOptions options_;
  Source& source_;
  Decoder& decoder_;
  DeadLetters* dead_letters_;
  StreamPosition position_;
  BoundedQueue<ExampleBatch>& queue_;
  Latest<StreamPosition>& committed_;  // what the newest checkpoint holds; told to the source
  Latest<IngestStats>& published_;
  Clock& clock_;
  Log& log_;
  IngestStats stats_;
  ExampleBatch batch_;
  bool moved_ = false;        // position_ is ahead of the last batch handed on
  bool undelivered_ = false;  // a dead letter was written since the last flush
  std::uint64_t consecutive_errors_ = 0;
  std::uint64_t commits_seen_ = 0;
  std::size_t starts_seen_ = 0;
  Step handed_on_;  // examples of the run
  Duration last_publish_{0};
};

}  // namespace gradus
