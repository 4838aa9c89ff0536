#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "probes/score.h"
#include "progress/annotation.h"
#include "progress/report.h"
#include "progress/stream_window.h"
#include "progress/task_answers.h"

namespace gradus {

/// One bucket of a curve: exact minimum, maximum and last of the scores in it.
struct CurvePoint {
  Step step = 0;  ///< of the last score in the bucket
  Step own_step = 0;
  Timestamp time{};
  double min = 0, max = 0, last = 0;
  double exact = 0, lower = 0, upper = 1;  ///< of the last
  std::uint32_t count = 0;
};

/// One process life within a run.
struct Attempt {
  std::uint32_t number = 1;
  Step step = 0;  ///< that it went on from
  Timestamp time{};
};

/// A score as it is kept: under its task's name, with its band and the verdict change dated at it.
struct ScoreRow {
  Score score;
  std::string task;
  Interval now{};
  std::optional<VerdictChange> change;
};

/// The rows of scores that `report` has taken in.
std::vector<ScoreRow> score_rows(std::span<const Score> scores, const ProgressReport& report);

class HistoryDatabase;

/// Read access to the history of one run. Rows above the step that a later attempt resumed from
/// belong to an abandoned attempt: they stay in the file, marked, and nothing here gives them.
/// Errors: kCorrupt; kIo where the file cannot be read.
/// Threads: a reader is owned by one thread; readers in other threads, each its own, see whole
/// snapshots while the writer writes.
class HistoryReader {
 public:
  /// Opens `history.db` of a data directory. Errors: kNotFound without one; kForeign (no history of
  /// ours, a newer version); kCorrupt; kIo. The file stays as it is.
  static Result<std::unique_ptr<HistoryReader>> open(const std::filesystem::path& directory);
  ~HistoryReader();

  /// All scores that count, in the order they were appended: to rebuild a tracker.
  Result<std::vector<Score>> scores() const;
  /// The curve of a task between two steps, both included, in at most `points` buckets that are
  /// even in log2 of the step; at the finest 1024 a doubling. Empty where nothing was scored.
  /// Cost: O(doublings), not O(scores).
  Result<std::vector<CurvePoint>> curve(std::string_view task, Step from, Step to,
                                        std::size_t points) const;
  /// The verdict changes that count, in order, with the task's name.
  Result<std::vector<std::pair<std::string, VerdictChange>>> changes() const;
  /// Those of one task at steps from `from` to `to`, in order.
  Result<std::vector<VerdictChange>> changes(std::string_view task, Step from, Step to) const;
  /// The attempts of the run, in order.
  Result<std::vector<Attempt>> attempts() const;
  /// All annotations of the run, in the order they were declared; those of an abandoned attempt
  /// count too, since what they tell of happened.
  Result<std::vector<Annotation>> annotations() const;
  /// What the stream brought from a step, where the evidence of a change began to gather, to that
  /// of the change. Of no examples where the stream was not watched.
  Result<StreamWindow> stream_window(Step from, Step to) const;
  /// What the stream brought, span by span: those that count, in order.
  Result<std::vector<StreamSpan>> stream_spans() const;
  /// The items of every task that was probed, with the newest and the best answers.
  Result<std::vector<TaskAnswers>> answers() const;

 protected:
  explicit HistoryReader(std::unique_ptr<HistoryDatabase> database);
  HistoryDatabase& database() const { return *database_; }

 private:
  std::unique_ptr<HistoryDatabase> database_;
};

/// The history of one run in SQLite (WAL): scores with their sufficient statistics, verdict
/// changes, attempts. A kill loses at most the snapshot that was being appended.
/// Errors: kIo (disk full, read-only), kCorrupt; the transaction that met them left no trace.
/// Threads: owned by the probe thread; at set-up by the main thread.
class History final : public HistoryReader {
 public:
  /// Opens or creates `history.db` of a data directory. Errors, the file untouched: kForeign
  /// (another run's, no history of ours, a newer version), kCorrupt, kIo.
  static Result<std::unique_ptr<History>> open(const std::filesystem::path& directory,
                                               std::string_view run);

  /// Begins an attempt that goes on from `step` and gives its number (1 for the first); marks later
  /// rows as abandoned.
  Result<std::uint32_t> begin_attempt(Step step, Timestamp time);
  /// Keeps an annotation; its id is one that was not used yet.
  Result<void> annotate(const Annotation& annotation);
  /// Keeps the faults of an attempt that begins at `step`, which have not happened yet, in place of
  /// those that an earlier one did not reach. One that is known already is kept once.
  Result<void> plan_faults(std::span<const Annotation> faults, Step step);
  /// Keeps the questions and the answers of one task in place of the earlier ones. `task`: its
  /// place in the ladder. Errors: as append.
  Result<void> keep_answers(TaskIndex task, const TaskAnswers& answers);
  /// Keeps what the stream brought since the span before.
  Result<void> note_stream(const StreamSpan& span);
  /// Makes the spans that count tile [0, whole.to] and add up to `whole`, which the checkpoint
  /// behind this attempt holds. Spans that a kill kept from being written are put in, at most
  /// one in each place; those that tell of more than `whole` are abandoned. `events_from`: step
  /// from which on whole.events are counted.
  Result<void> complete_stream(const StreamSpan& whole, Step events_from);
  /// Appends the scores of one snapshot, with the verdict changes that `report` dates at them, in
  /// one transaction. Errors: also kForeign where a task's place in the ladder changed.
  Result<void> append(std::span<const Score> scores, const ProgressReport& report) {
    return append(score_rows(scores, report));
  }
  /// The same of rows that were made before.
  Result<void> append(std::span<const ScoreRow> rows);

 private:
  using HistoryReader::HistoryReader;
  std::uint32_t attempt_ = 0;
};

}  // namespace gradus
