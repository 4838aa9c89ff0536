#include "ingest/sources/kafka_statistics.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

// Shape and meaning of the fields: STATISTICS.md of librdkafka 2.0.2 (rtt in microseconds).
constexpr std::string_view kReport = R"({
  "name": "gradus#consumer-1", "type": "consumer",
  "brokers": {
    "localhost:9092/bootstrap": {"nodeid": -1, "source": "configured", "state": "UP",
                                 "rtt": {"p50": 90000, "p99": 90000, "cnt": 3}},
    "localhost:9092/1": {"nodeid": 1, "source": "learned", "state": "UP",
                         "rtt": {"p50": 1500, "p99": 20000, "cnt": 12}},
    "localhost:9093/2": {"nodeid": 2, "source": "learned", "state": "UP",
                         "rtt": {"p50": 2500, "p99": 9000, "cnt": 4}},
    "GroupCoordinator": {"nodeid": 2, "source": "logical", "state": "UP",
                         "rtt": {"p50": 1500, "p99": 9000, "cnt": 2}},
    "localhost:9094/3": {"nodeid": 3, "source": "learned", "state": "CONNECT",
                         "rtt": {"p50": 0, "p99": 0, "cnt": 0}}
  },
  "topics": {
    "examples": {"topic": "examples", "partitions": {
      "0": {"partition": 0, "fetchq_cnt": 100, "fetchq_size": 20000},
      "1": {"partition": 1, "fetchq_cnt": 11, "fetchq_size": 2200},
      "-1": {"partition": -1, "fetchq_cnt": 0, "fetchq_size": 0}}}
  }
})";

TEST(KafkaStatistics, CountBrokersOfTheClusterThatAreUp) {
  EXPECT_EQ(parse_kafka_statistics(kReport).brokers_up, 2);
}

TEST(KafkaStatistics, GiveRoundTripsOfTheSlowestBrokerInSeconds) {
  const KafkaStatistics statistics = parse_kafka_statistics(kReport);
  EXPECT_DOUBLE_EQ(statistics.rtt_p50, 0.0025);
  EXPECT_DOUBLE_EQ(statistics.rtt_p99, 0.020);
}

TEST(KafkaStatistics, CountThePartitionsThatExist) {
  EXPECT_EQ(parse_kafka_statistics(kReport).partitions, 2);
  const KafkaStatistics statistics = parse_kafka_statistics(
      R"({"topics": {"a": {"partitions": {"0": {"unknown": false}, "7": {"unknown": true}}}}})");
  EXPECT_EQ(statistics.partitions, 1) << "what was asked for need not exist";
}

TEST(KafkaStatistics, SumThePrefetchQueuesOfAllPartitions) {
  const KafkaStatistics statistics = parse_kafka_statistics(kReport);
  EXPECT_EQ(statistics.prefetch_messages, 111U);
  EXPECT_EQ(statistics.prefetch_bytes, 22200U);
}

TEST(KafkaStatistics, SayUnknownWhereNothingIsReported) {
  for (const char* const text : {"", "{", "{}", R"({"brokers": 3, "topics": {"a": {}}})"}) {
    const KafkaStatistics statistics = parse_kafka_statistics(text);
    EXPECT_EQ(statistics.brokers_up, 0) << text;
    EXPECT_EQ(statistics.rtt_p50, -1) << text;
    EXPECT_EQ(statistics.prefetch_messages, 0U) << text;
  }
}

}  // namespace
}  // namespace gradus
