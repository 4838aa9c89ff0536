#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gradus {

/// Something that was read and must be found again at the same place: it tells a stream from
/// another one that took over its name.
struct StreamMark {
  std::int64_t at = -1;  ///< Kafka: offset of a record; lines: bytes of the text read; -1: no mark
  std::uint64_t digest = 0;  ///< Kafka: of that record; lines: of the text up to there
  bool operator==(const StreamMark&) const = default;
};

/// Next offset to apply in one partition, and what was read before it.
struct PartitionPosition {
  std::int32_t partition = 0;
  std::int64_t next = 0;
  std::int64_t last_timestamp_ms = -1;  ///< of the record before `next`; -1: none
  StreamMark last{};                    ///< of what was read last
  StreamMark proved{};  ///< Kafka: a record at or before `last` that was read a second time since
  bool operator==(const PartitionPosition&) const = default;
};

/// Where a reader stands in a stream: it travels with the data into snapshots and checkpoints.
struct StreamPosition {
  std::string stream;  ///< identity: "kafka:topic", "file:path", "generate:ladder:seed", "stdin"
  /// Where the bytes come from: Kafka's cluster id; of a file its device, inode and size, which
  /// only explain a difference, since a copy of the file is the same stream. Empty: unknown.
  std::string origin{};
  std::vector<PartitionPosition>
      partitions{};  ///< sorted; once a run has begun, every partition that was there is named
  bool operator==(const StreamPosition&) const = default;

  /// The entry of a partition, made with next = 0 where it is missing.
  PartitionPosition& at(std::int32_t partition);
  /// The entry of a partition, or null.
  const PartitionPosition* find(std::int32_t partition) const;
  /// Appends the position without origin and marks; `load` reads it back and leaves `in.ok()` false
  /// where the bytes are none.
  void save(ByteWriter& out) const;
  static StreamPosition load(ByteReader& in);
  /// Appends origin and marks, which older checkpoints lack; `load_marks` reads them back into a
  /// position that was loaded before.
  void save_marks(ByteWriter& out) const;
  void load_marks(ByteReader& in);
};

/// Refuses a position that was taken in another stream; one without identity fits every stream.
/// Errors: kForeign with both identities.
Result<void> require_stream(const StreamPosition& position, std::string_view identity);

}  // namespace gradus
