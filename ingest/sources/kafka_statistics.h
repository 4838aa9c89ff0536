#pragma once

#include <cstdint>
#include <string_view>

namespace gradus {

/// The part of librdkafka's statistics that Gradus shows.
/// Source: librdkafka 2.0.2, STATISTICS.md.
struct KafkaStatistics {
  int brokers_up = 0;
  double rtt_p50 = -1;  ///< seconds, of the slowest broker; -1: no request was answered lately
  double rtt_p99 = -1;
  int partitions = 0;  ///< of all topics that the client knows
  std::uint64_t prefetch_messages = 0;
  std::uint64_t prefetch_bytes = 0;
};

/// Reads one report; fields that are missing stay as in `KafkaStatistics{}`.
KafkaStatistics parse_kafka_statistics(std::string_view json);

}  // namespace gradus
