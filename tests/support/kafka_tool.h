#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gradus::test {

/// One message as a test writes or reads it; without a value it is a tombstone.
struct KafkaMessage {
  std::int32_t partition = 0;
  std::int64_t offset = -1;  ///< only when read
  std::optional<std::string> key, value;
  std::int64_t timestamp_ms = 0;  ///< 0: when it is sent
  std::vector<std::pair<std::string, std::optional<std::string>>> headers;
};

/// Messages with these values, one after the other, in one partition.
std::vector<KafkaMessage> messages_of(const std::vector<std::string>& values,
                                      std::int32_t partition = 0);
/// The values "0" to "n-1".
std::vector<std::string> counted_values(int n);

/// A topic's contents from outside: what tests do to a broker besides running Gradus. Plain
/// librdkafka, so that Gradus is not checked by itself. Every failure throws std::runtime_error.
class KafkaTool {
 public:
  explicit KafkaTool(std::string brokers) : brokers_(std::move(brokers)) {}

  void create_topic(const std::string& topic, int partitions,
                    const std::map<std::string, std::string>& configuration = {}) const;
  /// Raises the number of partitions of a topic.
  void grow_topic(const std::string& topic, int partitions) const;
  void delete_topic(const std::string& topic) const;
  /// Makes `before` the earliest offset of a partition, as retention does.
  void delete_records(const std::string& topic, std::int32_t partition, std::int64_t before) const;
  /// Sends in order and returns when all are stored.
  void send(const std::string& topic, const std::vector<KafkaMessage>& messages) const;
  /// The same within one transaction, which ends as told.
  enum class Transaction { kCommit, kAbort };
  void send_in(Transaction end, const std::string& topic,
               const std::vector<KafkaMessage>& messages) const;
  /// All that the partitions 0 to `partitions - 1` hold now.
  std::vector<KafkaMessage> read(const std::string& topic, int partitions = 1) const;
  /// What a group has committed for one partition; negative where nothing.
  std::int64_t committed(const std::string& group, const std::string& topic,
                         std::int32_t partition) const;

 private:
  std::string brokers_;
};

}  // namespace gradus::test
