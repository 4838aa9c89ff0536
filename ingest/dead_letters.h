#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/record.h"

namespace gradus {

/// Where records go that could not be decoded: with their bytes untouched and where they came from.
/// Errors of write and flush: kUnavailable while a peer does not answer, nothing is lost and the
/// call may be repeated; kIo or kInternal for good.
/// Threads: owned by the ingest thread.
class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  /// Takes one record, or leaves it; delivery may be later.
  virtual Result<void> write(const RawRecord& record, std::string_view topic, Reject reason) = 0;
  /// Waits until all are delivered, at most `deadline`; a checkpoint is only written after it.
  virtual Result<void> flush(Duration deadline) = 0;
  virtual std::uint64_t delivered() const = 0;
  virtual std::uint64_t failed() const = 0;
};

}  // namespace gradus
