#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "base/bounded_queue.h"
#include "base/result.h"
#include "describe/run_view.h"
#include "history/history.h"
#include "history/history_backlog.h"
#include "learner/snapshot.h"
#include "probes/sealed_prober.h"
#include "progress/answer_book.h"
#include "progress/tracker.h"

namespace gradus {

/// What a probe loop works on; all of it outlives the loop.
struct ProbeLoopParts {
  Prober& prober;
  SealedProber& sealed;
  Tracker& tracker;
  History& history;
  AnswerBook& answers;
  Latest<Snapshot>& snapshots;
  BoundedQueue<Annotation>& annotations;  ///< declared by the main thread
  RunSlots& slots;
  Latest<Step>* probed = nullptr;  ///< where given: told of each snapshot that was dealt with
};

/// Snapshots -> scores -> tracker -> history, and the report for all to see; annotations the same
/// way, whether probes run or not.
/// A history that cannot be written is logged and counted, what it should hold waits in memory, and
/// the run continues: curves in memory and on /metrics stay right.
/// Threads: owned by the probe thread.
class ProbeLoop {
 public:
  ProbeLoop(ProbeLoopParts parts, Clock& clock, Log& log);

  /// Scores the newest snapshot where one comes within `wait`; false after the last one of the run.
  bool step(const std::stop_token& stop, Duration wait);
  /// Steps until the last snapshot or a stop; no annotation is taken after that, and none that was
  /// taken is lost.
  void run(const std::stop_token& stop);

 private:
  struct StreamMark {
    Step step = 0;
    Timestamp time{};
    RunningTotals totals{};
  };

  void take_annotations();
  Result<void> note_stream(const Snapshot& snapshot);
  void write_history();
  std::shared_ptr<const ProgressReport> explained(std::span<const Score> scores,
                                                  std::shared_ptr<const ProgressReport> report);
  void keep_answers(std::span<const Score> scores, const ProgressReport& report);
  void publish_stats();
  void look_next(const ProgressReport& report);
  void log_if_failed(const Result<void>& written);
  void log_what_is_lost();

  ProbeLoopParts parts_;
  Clock& clock_;
  Log& log_;
  HistoryBacklog backlog_;
  Duration last_write_{0};           // when the backlog was last tried
  std::optional<StreamMark> noted_;  // up to where the history knows the stream
  Timestamp began_;
  std::uint64_t seen_ = 0;
  std::uint64_t missed_ = 0;  // snapshots that a newer one replaced before they were looked at
};

}  // namespace gradus
