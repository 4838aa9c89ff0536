#include "ingest/sources/kafka_statistics.h"

#include <simdjson.h>

#include <algorithm>

namespace gradus {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::int64_t number(const element& parent, std::string_view pointer) {
  std::int64_t value = 0;
  return parent.at_pointer(pointer).get(value) == simdjson::SUCCESS ? value : 0;
}

// Addresses from the configuration have node id -1 until they are known to be a broker of the
// cluster. The group's coordinator is one of the brokers, listed a second time as "logical".
void add_broker(const element& broker, KafkaStatistics& sum) {
  std::string_view state, source;
  if (broker.at_pointer("/state").get(state) != simdjson::SUCCESS) return;
  if (broker.at_pointer("/source").get(source) == simdjson::SUCCESS && source == "logical") return;
  if (state != "UP" || number(broker, "/nodeid") < 0) return;
  ++sum.brokers_up;
  if (number(broker, "/rtt/cnt") == 0) return;
  sum.rtt_p50 = std::max(sum.rtt_p50, 1e-6 * static_cast<double>(number(broker, "/rtt/p50")));
  sum.rtt_p99 = std::max(sum.rtt_p99, 1e-6 * static_cast<double>(number(broker, "/rtt/p99")));
}

void add_topic(const element& topic, KafkaStatistics& sum) {
  object partitions;
  if (topic.at_pointer("/partitions").get(partitions) != simdjson::SUCCESS) return;
  for (const auto& [name, partition] : partitions) {
    // -1 stands for records without a partition; unknown ones were asked for, but do not exist.
    bool unknown = false;
    if (partition.at_pointer("/unknown").get(unknown) != simdjson::SUCCESS) unknown = false;
    sum.partitions += name != "-1" && !unknown ? 1 : 0;
    sum.prefetch_messages += static_cast<std::uint64_t>(number(partition, "/fetchq_cnt"));
    sum.prefetch_bytes += static_cast<std::uint64_t>(number(partition, "/fetchq_size"));
  }
}

}  // namespace

KafkaStatistics parse_kafka_statistics(std::string_view json) {
  KafkaStatistics sum;
  simdjson::dom::parser parser;
  element report;
  if (parser.parse(json.data(), json.size()).get(report) != simdjson::SUCCESS) return sum;
  object children;
  if (report.at_pointer("/brokers").get(children) == simdjson::SUCCESS) {
    for (const auto& child : children) add_broker(child.value, sum);
  }
  if (report.at_pointer("/topics").get(children) == simdjson::SUCCESS) {
    for (const auto& child : children) add_topic(child.value, sum);
  }
  return sum;
}

}  // namespace gradus
