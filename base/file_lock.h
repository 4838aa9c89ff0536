#pragma once

#include <filesystem>

#include "base/result.h"

namespace gradus {

/// Ownership of a directory by one process, through flock on a file `lock` in it; released at
/// destruction or death. Errors of acquire: kLocked names the directory and the process that holds
/// it; kIo where it cannot be created or written.
class FileLock {
 public:
  static Result<FileLock> acquire(const std::filesystem::path& directory);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace gradus
