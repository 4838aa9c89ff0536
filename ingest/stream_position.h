#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gradus {

/// Next offset to apply in one partition, with the timestamp of the record before it (-1: none), by
/// which a log that was rewritten under the same offsets can be told.
struct PartitionPosition {
  std::int32_t partition = 0;
  std::int64_t next = 0;
  std::int64_t last_timestamp_ms = -1;
  bool operator==(const PartitionPosition&) const = default;
};

/// Where a reader stands in a stream: it travels with the data into snapshots and checkpoints.
struct StreamPosition {
  std::string stream;  ///< identity: "kafka:topic", "file:path", "generate:ladder:seed", "stdin"
  std::vector<PartitionPosition>
      partitions;  ///< sorted; once a run has begun, every partition that was there is named
  bool operator==(const StreamPosition&) const = default;

  /// The entry of a partition, made with next = 0 where it is missing.
  PartitionPosition& at(std::int32_t partition);
  /// The entry of a partition, or null.
  const PartitionPosition* find(std::int32_t partition) const;
  /// Appends the position; `load` reads it back and leaves `in.ok()` false where the bytes are
  /// none.
  void save(ByteWriter& out) const;
  static StreamPosition load(ByteReader& in);
};

/// Refuses a position that was taken in another stream; one without identity fits every stream.
/// Errors: kForeign with both identities.
Result<void> require_stream(const StreamPosition& position, std::string_view identity);

}  // namespace gradus
