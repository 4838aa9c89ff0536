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
};

/// How the stream stands; what is not known is empty.
struct StreamFigures {
  std::string topic;
  bool connected = true, ended = false;
  std::uint64_t messages = 0, examples = 0, gaps = 0, duplicates = 0;
  std::optional<double> examples_per_second;
  std::optional<std::uint64_t> lag;
  std::vector<std::pair<std::string, std::uint64_t>> rejected;  ///< by reason
  Timestamp last_message{};
  std::optional<double> silent_seconds;
};

/// What probes cost and whether they keep pace.
struct ProbingFigures {
  bool waits = false;  ///< the learner waits for its probes
  double cpu_seconds = 0;
  std::optional<double> cpu_share{};  ///< of the CPU time of learning and probing
  double allowed_share = 0;           ///< of the same where the learner waits, else of the machine
  std::uint64_t snapshots_missed = 0;
};

/// How a run was made; only progress.json knows it.
struct RunOrigin {
  std::string version, revision, compiler, librdkafka,
      instructions;  ///< of Gradus and what it was built with
  std::uint64_t seed = 0;
  Timestamp start{};                                               ///< of the newest attempt
  std::vector<std::pair<std::string, std::string>> configuration;  ///< as stated, secrets hidden
  std::vector<std::pair<std::string, std::string>> tier_titles, task_titles;  ///< by name
};

/// What /api/v1/progress and progress.json say, read back.
struct ProgressDocument {
  ProgressReport report;  ///< without tasks where the run has no ladder
  std::string headline;
  Step step = 0;  ///< of the learner; may be ahead of the report's newest score
  std::optional<LearnerFigures> learner;
  std::optional<StreamFigures> stream;
  std::optional<ProbingFigures> probing;
  std::optional<int> format;  ///< of progress.json; empty for an answer of the API
  RunOrigin origin;
};

/// How the run moves, as the document says.
RunStatus run_status(const ProgressDocument& document);

/// Reads the body of /api/v1/progress of this or another version of Gradus: what is missing keeps
/// its default.
/// Errors: kCorrupt where it is no such body.
Result<ProgressDocument> read_progress_document(std::string_view json);

/// Reads the curve in the body of /api/v1/history, its steps and last scores; empty where it is no
/// such body.
std::vector<CurvePoint> read_history_document(std::string_view json);

}  // namespace gradus
