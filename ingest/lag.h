#pragma once

#include <cstdint>
#include <optional>

#include "ingest/source.h"
#include "ingest/stream_position.h"

namespace gradus {

/// The offset of a partition that is applied next. Counted from what is applied, not from what was
/// fetched: a record in a queue still lags.
std::int64_t next_offset(const SourceFacts::Partition& partition, const StreamPosition& applied);

/// Records of a partition that are not applied yet; nothing while its end is unknown.
std::optional<std::int64_t> lag_of(const SourceFacts::Partition& partition,
                                   const StreamPosition& applied);

/// The same of all partitions together; nothing where there is none or one's end is unknown.
std::optional<std::int64_t> total_lag(const SourceFacts& source, const StreamPosition& applied);

}  // namespace gradus
