#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/gradus.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_tool.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// A linear learner of attributes.
constexpr const char* kLinear = "learner: {kind: linear, bits: 12, classes: 2}\n";

/// `gradus run` on a topic of its own of a real broker, a KafkaBroker or the SharedBroker.
template <typename RealBroker>
class KafkaRunFixture : public ::testing::Test {
 protected:
  void SetUp() override { tool().create_topic(topic_, 1); }

  KafkaTool tool() const { return KafkaTool(broker_.brokers()); }
  void send(const std::vector<std::string>& records) const {
    tool().send(topic_, messages_of(records));
  }
  void write_config(const std::string& learner) const {
    folder_.write("gradus.yaml", "run: test\nstream: {source: kafka, kafka: {brokers: \"" +
                                     broker_.brokers() + "\", topic: " + topic_ +
                                     "}}\n"
                                     "checkpoint: {every: 10ms}\nlog: {level: error}\n" +
                                     learner);
  }
  /// The arguments of a run that goes on until it is stopped, into the data directory `data`.
  std::vector<std::string> endless(const std::string& data) const {
    return {"run",
            "--config",
            folder_ / "gradus.yaml",
            "--listen",
            "127.0.0.1:0",
            "--set",
            "data=" + (folder_ / data).string(),
            "--summary",
            folder_ / (data + ".json")};
  }
  std::vector<std::string> until_end(const std::string& data) const {
    auto arguments = endless(data);
    arguments.emplace_back("--until-end");
    return arguments;
  }
  nlohmann::json summary_of(const std::string& data) const {
    return nlohmann::json::parse(read_file(folder_ / (data + ".json")), nullptr, false);
  }

  const TempDir folder_;
  RealBroker broker_;
  const std::string topic_ = topic_of_this_test();
};

}  // namespace gradus::test
