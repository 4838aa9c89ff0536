#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bounded_queue.h"
#include "base/result.h"
#include "describe/run_view.h"

namespace gradus {

/// `progress.json` of a run's data directory: the body of /api/v1/progress as last written, with
/// how the run was made. A report needs nothing else but the history.
/// Threads: the main thread hands over what is to be written, the file thread waits for the disk;
/// `write` only before that one starts or after it has ended.
class ProgressFile {
 public:
  static constexpr int kFormat = 1;
  static constexpr std::string_view kName = "progress.json";

  /// `configuration`: the keys that were given, with their values, for the reader of the file.
  ProgressFile(const std::filesystem::path& directory, std::uint64_t seed,
               std::vector<std::pair<std::string, std::string>> configuration)
      : path_(directory / kName), seed_(seed), configuration_(std::move(configuration)) {}

  /// Hands over the state of the run every ten seconds of `seconds`, the time that it has lasted;
  /// not where the disk is still busy with the state before. Never waits.
  void hand_over_when_due(const RunView& view, double seconds);
  /// Writes what was handed over, until a stop is requested; a failure is logged.
  void run(const std::stop_token& stop, Log& log);
  /// Writes atomically. Errors: kIo.
  Result<void> write(const RunView& view) const;

 private:
  std::string content(const RunView& view) const;

  std::filesystem::path path_;
  std::uint64_t seed_;
  std::vector<std::pair<std::string, std::string>> configuration_;
  double due_ = 0;
  BoundedQueue<std::string> waiting_{1};
};

}  // namespace gradus
