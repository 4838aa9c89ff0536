#pragma once

#include <filesystem>

#include "app/config.h"
#include "app/run_view.h"
#include "base/result.h"

namespace gradus {

/// `progress.json` of a run's data directory: the body of /api/v1/progress as last written, with
/// how the run was made. A report needs nothing else but the history.
/// Threads: owned by the main thread.
class ProgressFile {
 public:
  static constexpr int kFormat = 1;
  static constexpr std::string_view kName = "progress.json";

  explicit ProgressFile(const Config& config)
      : path_(config.data / kName), seed_(config.seed), configuration_(config.stated) {}

  /// Writes every ten seconds of `seconds`, the time that the run has lasted; a failure is logged
  /// and tried again ten seconds later.
  void write_when_due(const RunView& view, double seconds, Log& log);
  /// Writes atomically. Errors: kIo.
  Result<void> write(const RunView& view) const;

 private:
  std::filesystem::path path_;
  std::uint64_t seed_;
  std::vector<std::pair<std::string, std::string>> configuration_;
  double due_ = 0;
};

}  // namespace gradus
