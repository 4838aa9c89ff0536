#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

struct rd_kafka_mock_cluster_s;

namespace gradus::test {

/// A Kafka cluster inside the process, on loopback: librdkafka's own mock. It keeps 5 MiB a
/// partition, knows no retention, no transactions and no CreateTopics, and answers an empty fetch
/// only after fetch.wait.max.ms: use 10. It runs on until the process ends, since to end one takes
/// librdkafka a second; a test is a process.
class KafkaMock {
 public:
  explicit KafkaMock(int brokers = 1);
  KafkaMock(const KafkaMock&) = delete;
  KafkaMock& operator=(const KafkaMock&) = delete;

  std::string brokers() const;
  void create_topic(const std::string& topic, int partitions);
  /// What metadata says of this topic from now on, e.g. RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART.
  void set_topic_error(const std::string& topic, int error);
  /// Broker 1 drops its connections and takes no new ones; or takes them again.
  void set_down();
  void set_up();
  /// The next requests of this protocol number are answered with these errors.
  void push_errors(std::int16_t api, const std::vector<int>& errors);
  /// The versions of a protocol request that the brokers announce.
  void set_versions(std::int16_t api, std::int16_t low, std::int16_t high);

 private:
  void wake_for(const std::function<void()>& action) const;

  rd_kafka_mock_cluster_s* cluster_ = nullptr;
};

/// Protocol numbers that tests name.
inline constexpr std::int16_t kProduceApi = 0, kFetchApi = 1, kListOffsetsApi = 2,
                              kOffsetCommitApi = 8, kOffsetFetchApi = 9, kJoinGroupApi = 11;

}  // namespace gradus::test
