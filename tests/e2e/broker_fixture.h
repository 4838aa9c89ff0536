#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "ingest/kafka_writer.h"
#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {

/// Gradus against a real broker, a KafkaBroker or the SharedBroker, and a topic of its own.
template <typename RealBroker>
class BrokerFixture : public KafkaFixture {
 protected:
  KafkaTool tool() const { return KafkaTool(broker_.brokers()); }

  Options section_of(const std::string& topic,
                     const std::map<std::string, std::string>& more = {}) const {
    return section(broker_.brokers(), topic, more);
  }

  /// Writes "0" to "n-1", record i to partition i modulo `partitions`.
  void produce(int partitions, int n) {
    Options options = section_of(topic_);
    auto writer = KafkaWriter::open(options, partitions, log_);
    ASSERT_TRUE(writer.has_value()) << writer.error().message;
    for (const std::string& value : counted_values(n)) {
      while (true) {
        const auto written = (*writer)->write(value);
        if (written) break;
        ASSERT_EQ(written.error().code, ErrorCode::kUnavailable) << written.error().message;
      }
    }
    const auto flushed = (*writer)->flush(std::chrono::seconds(60));
    ASSERT_TRUE(flushed.has_value()) << flushed.error().message;
    ASSERT_EQ((*writer)->delivered(), static_cast<std::uint64_t>(n));
  }

  /// Checks that `seen` is what `produce` wrote, each record once and in its partition's order.
  static void expect_each_once(const std::vector<SeenRecord>& seen, int partitions, int n) {
    ASSERT_EQ(seen.size(), static_cast<std::size_t>(n));
    std::vector<std::int64_t> next(static_cast<std::size_t>(partitions));
    for (const SeenRecord& record : seen) {
      ASSERT_EQ(record.offset, next[static_cast<std::size_t>(record.partition)]++);
      ASSERT_EQ(record.bytes, std::to_string(record.offset * partitions + record.partition));
    }
  }

  /// Polls without wanting records until `done` or 30 s passed.
  template <typename Predicate>
  bool poll_until(Source& source, Predicate done, std::vector<SeenRecord>& seen) {
    const Duration deadline = clock_.elapsed() + std::chrono::seconds(30);
    while (!done() && clock_.elapsed() < deadline) {
      const auto more = source.poll(1000, std::chrono::milliseconds(50));
      if (!more) {
        ADD_FAILURE() << more.error().message;
        return false;
      }
      for (const RawRecord& record : *more) {
        seen.push_back({record.partition, record.offset, std::string(record.bytes)});
      }
    }
    return done();
  }

  RealBroker broker_;
  const std::string topic_ = topic_of_this_test();
};

}  // namespace gradus::test
