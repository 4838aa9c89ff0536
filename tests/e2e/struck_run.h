#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// What strikes a run at its n-th disk call of one kind below its data directory.
struct DiskFault {
  /// `kill`: SIGKILL before the call; `tear`: after half of the bytes of a write, after any other
  /// call; `eio`: that one call fails; `enospc`: it fails, and all that take space from then on.
  std::string kind;
  /// write, pwrite, fsync, fdatasync, unlink, rename, link, open (that creates) or ftruncate.
  std::string call;
  unsigned at = 1;
};

/// A run on a file with bad records among its records, small and with all that is kept on disk:
/// checkpoints every 10 ms, a history, progress.json and dead letters.
class StruckRun {
 public:
  StruckRun();

  /// How often each kind of call is made in a run without faults.
  const std::map<std::string, unsigned>& calls() const { return calls_; }
  /// An attempt in the directory `data` that is struck; checks how it ended. False where it ended
  /// before its call.
  bool strike(const std::string& data, const DiskFault& fault) const;
  /// An attempt that is killed after `share` of the time that an unbroken run takes.
  void kill_after(const std::string& data, double share) const;
  /// Runs to the end; then checks everything that the directory holds against an unbroken run.
  void finish_and_check(const std::string& data) const;
  std::filesystem::path path(const std::string& data) const { return folder_ / data; }

 private:
  std::filesystem::path report_of(const std::string& data) const {
    return folder_ / (data + ".report");
  }
  Finished run(const std::string& data, const std::vector<std::string>& environment) const;
  Finished run_watched(const std::string& data, const DiskFault& fault) const;
  void check_dead_letters(const std::string& data) const;
  void check_history(const std::string& data) const;

  TempDir folder_;
  std::map<std::string, unsigned> calls_;
  double seconds_ = 0;
};

/// Checks that whoever reads the directory as it is, such as gradus report, finds a history or none
/// yet. Leaves the directory as it is.
void check_readable(const std::filesystem::path& data);

}  // namespace gradus::test
