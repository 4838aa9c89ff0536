#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/options.h"
#include "ingest/source.h"
#include "ingest/sources/kafka_source.h"

namespace gradus::test {

/// A copy of a record that outlives its poll.
struct SeenRecord {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::string bytes;
  bool operator==(const SeenRecord&) const = default;
};

/// What every test of Kafka needs besides a cluster: a log that can be read, a clock, settings.
class KafkaFixture : public ::testing::Test {
 protected:
  /// The section `stream.kafka`, with the short waits that the mock cluster wants.
  static Options section(const std::string& brokers, const std::string& topic,
                         const std::map<std::string, std::string>& more = {}) {
    Options options("stream.kafka");
    options.set("brokers", brokers, "gradus.yaml:3");
    options.set("topic", topic, "gradus.yaml:4");
    options.set("options.fetch.wait.max.ms", "10", "gradus.yaml:5");
    options.set("options.reconnect.backoff.max.ms", "200", "gradus.yaml:6");
    for (const auto& [key, value] : more) options.set(key, value, "gradus.yaml:7");
    return options;
  }

  SourceSetup setup() {
    SourceSetup setup;
    setup.run = "test";
    setup.clock = &clock_;
    setup.log = &log_;
    return setup;
  }

  /// Reads to the end that the topic has at opening.
  SourceSetup setup_until_end() {
    SourceSetup bounded = setup();
    bounded.until_end = true;
    return bounded;
  }

  static std::unique_ptr<Source> make(Options options, const SourceSetup& setup) {
    auto source = make_kafka_source(options, setup);
    EXPECT_TRUE(source.has_value()) << source.error().message;
    return source ? std::move(*source) : nullptr;
  }

  /// Polls until `count` records came, the stream ended or failed, or 20 s passed.
  Result<std::vector<SeenRecord>> read(Source& source, std::size_t count) {
    std::vector<SeenRecord> seen;
    const Duration deadline = clock_.elapsed() + std::chrono::seconds(20);
    while (seen.size() < count && !source.ended() && clock_.elapsed() < deadline) {
      const auto records = source.poll(count - seen.size(), std::chrono::milliseconds(50));
      if (!records) return tl::unexpected(records.error());
      for (const RawRecord& record : *records) {
        seen.push_back({record.partition, record.offset, std::string(record.bytes)});
      }
    }
    return seen;
  }

  /// All records up to the end, or the failure on the way.
  Result<std::vector<SeenRecord>> read_all(Options options, const StreamPosition& from = {}) {
    const auto source = make(std::move(options), setup_until_end());
    const auto opened = source->open(from);
    if (!opened) return tl::unexpected(opened.error());
    return read(*source, SIZE_MAX);
  }

  static StreamPosition position(const std::string& topic,
                                 std::vector<PartitionPosition> partitions) {
    return {.stream = "kafka:" + topic, .partitions = std::move(partitions)};
  }

  SystemClock clock_;
  std::string lines_;
  Log log_{LogFormat::kText, LogLevel::kDebug, clock_, lines_};
};

}  // namespace gradus::test
