#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace gradus {

/// Bytes of one file in order, of the file that had the name when it was opened. A file that is
/// written over while it is read does not pass for one that grows: before every read the last bytes
/// read must still be there, and at its end it must not be shorter than what was read.
/// Threads: owned by the ingest thread. Cost: one more system call a read.
class FileReader {
 public:
  /// Errors: kNotFound; kIo, also for a folder.
  static Result<std::unique_ptr<FileReader>> open(const std::filesystem::path& path);
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  /// 0: nothing is there yet. Errors: kIo; kPositionGone where the file was written over.
  Result<std::size_t> read(std::span<char> into);
  /// True where another file has the name now. No file at all may only be the moment between the
  /// two steps of a rotation.
  bool replaced() const;
  /// "device 2049, inode 77, 1234 bytes", as it is now.
  std::string description() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  FileReader(int descriptor, std::filesystem::path path, bool regular)
      : descriptor_(descriptor), path_(std::move(path)), regular_(regular) {}
  bool still_there() const;
  void remember(std::span<const char> bytes);

  int descriptor_;
  std::filesystem::path path_;
  bool regular_;             // a pipe with a name cannot be read twice
  std::int64_t offset_ = 0;  // bytes read
  std::string tail_;         // the last of them
};

/// The end of a message on a stream that is not the one of the checkpoint.
inline constexpr const char* kFileWaysOut =
    "; start again with a new data directory, or put the file back that the checkpoint was made "
    "from";

}  // namespace gradus
