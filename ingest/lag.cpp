#include "ingest/lag.h"

#include <algorithm>

namespace gradus {

std::int64_t next_offset(const SourceFacts::Partition& partition, const StreamPosition& applied) {
  const PartitionPosition* const entry = applied.find(partition.partition);
  return entry == nullptr ? partition.start : entry->next;
}

std::optional<std::int64_t> lag_of(const SourceFacts::Partition& partition,
                                   const StreamPosition& applied) {
  if (partition.high_watermark < 0) return std::nullopt;
  return std::max<std::int64_t>(0, partition.high_watermark - next_offset(partition, applied));
}

std::optional<std::int64_t> total_lag(const SourceFacts& source, const StreamPosition& applied) {
  if (source.partitions.empty()) return std::nullopt;
  std::int64_t total = 0;
  for (const SourceFacts::Partition& partition : source.partitions) {
    const auto lag = lag_of(partition, applied);
    if (!lag) return std::nullopt;
    total += *lag;
  }
  return total;
}

}  // namespace gradus
