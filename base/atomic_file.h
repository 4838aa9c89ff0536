#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gradus {

/// Writes a file so that a reader, or a machine that dies at any moment, sees the old content or
/// the new, never a mixture: `<path>.tmp`, fsync, rename, fsync of the directory.
/// Errors: kIo with the path and the system's reason (disk full, read-only); the old file is then
/// untouched and nothing is left beside it.
/// Threads: one writer of a path at a time.
Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view content);

/// Makes what was created, renamed or removed in a directory last through a loss of power.
/// Errors: kIo with the path and the system's reason.
Result<void> sync_directory(const std::filesystem::path& directory);

/// The whole content of a file.
/// Errors: kNotFound where there is none, kIo otherwise.
Result<std::string> read_whole_file(const std::filesystem::path& path);

}  // namespace gradus
