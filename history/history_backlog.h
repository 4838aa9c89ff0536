#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "base/result.h"
#include "history/history.h"

namespace gradus {

/// How the history of a run is kept, since the process began.
struct HistoryStats {
  std::uint64_t write_failures = 0;  ///< writes that failed, each retry counted
  std::uint64_t scores_waiting = 0;  ///< in memory, since they could not be written yet
  std::uint64_t scores_dropped = 0;  ///< for which there was no room in memory

  bool operator==(const HistoryStats&) const = default;
};

/// What is on its way into the history: scores and annotations in their order, and the newest
/// answers of each task. What cannot be written waits in memory and is written later; beyond
/// `most_scores` the oldest scores are dropped and counted.
/// Errors: those of History; what failed stays here.
/// Threads: owned by the probe thread. Cost: about 1 KB a score that waits.
class HistoryBacklog {
 public:
  explicit HistoryBacklog(History& history, std::size_t most_scores = 1 << 16)
      : history_(history), most_scores_(most_scores) {}

  void add(std::span<const Score> scores, const ProgressReport& report);
  void add(const Annotation& annotation) { annotations_.push_back(annotation); }
  /// In place of earlier answers of the task that still wait.
  void add(TaskIndex task, const TaskAnswers& answers) { answers_[task] = answers; }
  bool is_empty() const { return scores_.empty() && annotations_.empty() && answers_.empty(); }

  /// Writes what waits until it meets an error: a history that is locked costs one wait.
  Result<void> write();
  /// Writes a span at once. Where that fails it is for the caller to take it into the next one.
  Result<void> note_stream(const StreamSpan& span) { return counted(history_.note_stream(span)); }

  const HistoryStats& stats() const { return stats_; }

 private:
  Result<void> counted(Result<void> written);

  History& history_;
  std::size_t most_scores_;
  std::deque<std::vector<ScoreRow>> scores_;  // of one snapshot each
  std::deque<Annotation> annotations_;
  std::map<TaskIndex, TaskAnswers> answers_;
  HistoryStats stats_;
};

}  // namespace gradus
