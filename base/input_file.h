#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace gradus {

/// The whole content of a file that a person named: a configuration, a ladder, items, curves, a
/// secret. Whatever stands under the name, a device that never ends or a named pipe that nobody
/// writes to, it takes at most `most_bytes` of memory (twice that while it grows) and ends: a named
/// pipe or a device that gives nothing for two seconds is refused. A pipe of the shell is waited
/// for.
/// Errors: kNotFound where there is none; kBadConfig for a directory, a larger file, a silent pipe;
/// kIo otherwise. Each message is one line that names the file.
/// Threads: any. Cost: waits for the disk, or for the writer of a pipe.
Result<std::string> read_input_file(const std::filesystem::path& path, std::size_t most_bytes);

/// Standard input to its end. Errors: as read_input_file, but that it is waited for.
Result<std::string> read_standard_input(std::size_t most_bytes);

}  // namespace gradus
