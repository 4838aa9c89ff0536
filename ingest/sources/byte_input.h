#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace gradus {

/// Bytes in order, read in blocks.
/// Threads: owned by the ingest thread.
class ByteInput {
 public:
  enum class State : std::uint8_t { kData, kNothingYet, kEnd };
  struct Read {
    State state = State::kEnd;
    std::size_t bytes = 0;  ///< above 0 for kData only
  };
  virtual ~ByteInput() = default;
  /// Reads at most into.size() bytes; waits up to `wait` for the first.
  virtual Result<Read> read(std::span<char> into, Duration wait) = 0;
  /// What StreamPosition::origin says of it; empty where it has none.
  virtual std::string origin() const { return {}; }
};

/// What happens at the end of a file.
enum class AtEnd : std::uint8_t { kStop, kFollow };

/// A file, plain or gzip (told apart by its first bytes; one named .gz must be gzip). A followed
/// one never ends: what is appended is read within a tenth of a second, slept on `clock`; once
/// another file has its name, it is read to its end and then refused.
/// Errors: kNotFound, kIo; reading: kIo; kBadData where gzip data is damaged or cut off;
/// kPositionGone where the file was written over or replaced.
Result<std::unique_ptr<ByteInput>> open_file(const std::filesystem::path& path, AtEnd at_end,
                                             Clock& clock);

/// An open descriptor, e.g. 0 for stdin; not closed here. Waits with poll(2), so a wait of 0 never
/// blocks.
Result<std::unique_ptr<ByteInput>> make_descriptor_input(int descriptor);

}  // namespace gradus
