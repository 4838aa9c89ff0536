#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "probes/score.h"
#include "progress/report.h"

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

/// The history of one run in SQLite (WAL): scores with their sufficient statistics, verdict changes, attempts.
/// Rows above the step that an attempt resumed from belong to the abandoned attempt: they stay, marked, and no curve shows
/// them. Errors: kIo (disk full, read-only), kCorrupt, kForeign (another run's, a newer version).
/// Threads: a writer is owned by the probe thread; each reader opens its own (`open_reader`).
class History {
 public:
  static Result<std::unique_ptr<History>> open(const std::filesystem::path& directory, std::string_view run);
  static Result<std::unique_ptr<History>> open_reader(const std::filesystem::path& directory);
  virtual ~History() = default;

  /// Begins an attempt that goes on from `step` and gives its number (1 for the first); marks later rows as abandoned.
  virtual Result<std::uint32_t> begin_attempt(Step step, Timestamp time) = 0;
  /// Appends the scores of one snapshot, with the verdict changes found in them, in one transaction.
  virtual Result<void> append(std::span<const Score> scores, const ProgressReport& report) = 0;
  /// All scores that count, in the order they were appended: to rebuild a tracker.
  virtual Result<std::vector<Score>> scores() const = 0;
  /// The curve of a task between two steps in at most `points` buckets, even in log2 of the step.
  virtual Result<std::vector<CurvePoint>> curve(std::string_view task, Step from, Step to, std::size_t points) const = 0;
  /// The verdict changes that count, in order, with the task's name.
  virtual Result<std::vector<std::pair<std::string, VerdictChange>>> changes() const = 0;
};

}  // namespace gradus
