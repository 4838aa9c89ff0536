#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/result.h"

struct rd_kafka_s;

namespace gradus {

/// The records that a partition holds: offsets from low up to, but without, high.
struct OffsetRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Milliseconds as librdkafka wants them, rounded up, so that a short wait is not none.
int kafka_milliseconds(Duration time);

/// How many partitions a topic has; waits at most `timeout` for an answer.
/// Errors: kUnavailable where no broker answers or a partition has no leader now; kNotFound names
/// topics that are near; kBadConfig where the topic may not be read.
Result<int> kafka_partitions(rd_kafka_s* client, const std::string& topic, Duration timeout);

/// Whether the topic is compacted (cleanup.policy), so that single records may vanish. Errors:
/// kUnavailable where the brokers do not say, for instance for want of the right to describe it.
Result<bool> kafka_compacted(rd_kafka_s* client, const std::string& topic, Duration timeout);

/// The cluster's own name for itself; empty where the brokers tell none.
std::string kafka_cluster(rd_kafka_s* client, Duration timeout);

/// The offsets that a partition holds now. Errors: kUnavailable.
Result<OffsetRange> kafka_offset_range(rd_kafka_s* client, const std::string& topic,
                                       std::int32_t partition, Duration timeout);

/// Creates a topic with the brokers' own replication and waits until it can be used.
/// Errors: kUnavailable where no broker answers in time; kBadConfig where the brokers refuse.
Result<void> create_kafka_topic(rd_kafka_s* client, const std::string& topic, int partitions,
                                Duration timeout);

/// As kafka_partitions, but a topic that is missing is created with `partitions`.
Result<int> ensure_kafka_topic(rd_kafka_s* client, const std::string& topic, int partitions,
                               Duration timeout);

}  // namespace gradus
