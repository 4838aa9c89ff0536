#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "describe/ladder_table.h"
#include "history/history.h"
#include "history/history_backlog.h"
#include "progress/report.h"

namespace gradus {

/// How the learner stands; what is not known is empty.
struct LearnerFigures {
  std::string kind{};
  std::uint64_t examples = 0, correct = 0;
  std::optional<double> mean_loss{}, mean_log_loss{}, learning_rate{}, gradient_norm{},
      weight_norm{};
  std::uint64_t parameters = 0;
  bool diverged = false;
  Timestamp last_checkpoint{};
  Step last_checkpoint_step = 0;

  bool operator==(const LearnerFigures&) const = default;
};

/// How a partition of the stream stands.
struct PartitionFigures {
  std::int32_t partition = 0;
  std::int64_t next_offset = 0;
  std::optional<std::uint64_t> high_watermark{}, lag{};

  bool operator==(const PartitionFigures&) const = default;
};

/// How the stream stands; what is not known is empty.
struct StreamFigures {
  std::string topic;
  bool connected = true, ended = false;
  std::uint64_t messages = 0, examples = 0, gaps = 0, duplicates = 0;
  std::optional<double> examples_per_second;
  std::optional<std::uint64_t> lag;
  std::vector<std::pair<std::string, std::uint64_t>> rejected;  ///< by reason
  std::vector<PartitionFigures> partitions;
  Timestamp last_message{};
  std::optional<double> silent_seconds;

  bool operator==(const StreamFigures&) const = default;
};

/// What probes cost and whether they keep pace.
struct ProbingFigures {
  bool waits = false;  ///< the learner waits for its probes
  double cpu_seconds = 0;
  std::optional<double> cpu_share{};  ///< of the CPU time of learning and probing
  double allowed_share = 0;           ///< of the same where the learner waits, else of the machine
  std::uint64_t snapshots_missed = 0;

  bool operator==(const ProbingFigures&) const = default;
};

/// How a run was made; only progress.json knows it.
struct RunOrigin {
  std::string version, revision, compiler, librdkafka,
      instructions;  ///< of Gradus and what it was built with
  std::uint64_t seed = 0;
  Timestamp start{};                                                 ///< of the newest attempt
  std::vector<std::pair<std::string, std::string>> configuration{};  ///< as stated, secrets hidden
  std::vector<std::pair<std::string, std::string>> tier_titles{}, task_titles{};  ///< by name

  bool operator==(const RunOrigin&) const = default;
};

/// What /api/v1/progress and progress.json say, read back.
struct ProgressDocument {
  /// Without tasks where the run has no ladder. Its time is that of the document, its annotations
  /// have happened, and it has no `changes`: /api/v1/history and the events tell of them.
  ProgressReport report;
  bool probed = false;  ///< there is a report: the run has a ladder and has begun
  std::string headline;
  Step step = 0;  ///< of the learner; may be ahead of the report's newest score
  std::optional<LearnerFigures> learner;
  std::optional<StreamFigures> stream;
  std::optional<ProbingFigures> probing;
  std::optional<HistoryStats> history;
  std::optional<int> format;  ///< of progress.json; empty for an answer of the API
  RunOrigin origin;

  bool operator==(const ProgressDocument&) const = default;
};

/// What /api/v1/history says: the curve of a task and the changes of its verdict.
struct HistoryDocument {
  std::string task;
  std::vector<CurvePoint> points;
  std::vector<VerdictChange> changes;
};

/// How the run moves, as the document says.
RunStatus run_status(const ProgressDocument& document);

/// Reads the body of /api/v1/progress of this or another version of Gradus: what is missing keeps
/// its default.
/// Errors: kCorrupt where it is no such body.
Result<ProgressDocument> read_progress_document(std::string_view json);

/// Reads the curve in the body of /api/v1/history; empty where it is no such body.
std::vector<CurvePoint> read_history_document(std::string_view json);

}  // namespace gradus
