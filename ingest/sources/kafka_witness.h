#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "ingest/sources/kafka_client.h"
#include "ingest/stream_position.h"

struct rd_kafka_message_s;

namespace gradus {

/// Digest of all that a producer put into a record: key, value, timestamp and headers.
std::uint64_t kafka_digest(const rd_kafka_message_s& message);

/// A record that was read once and must still be what it was.
struct KafkaMemory {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::uint64_t> digest;  ///< none in checkpoints of older versions
  std::int64_t timestamp_ms = -1;       ///< compared where there is no digest
};

/// Reads records a second time, beside the stream and through a connection of its own, so that the
/// stream need not be interrupted.
/// Threads: owned by the ingest thread.
class KafkaWitness {
 public:
  enum class Finding : std::uint8_t {
    kSame,
    kOther,  ///< another record has the offset
    kGone,   ///< no record has the offset
  };
  struct Answer {
    KafkaMemory memory;
    Finding finding = Finding::kGone;
    std::int64_t timestamp_ms = -1;  ///< of the other record
  };

  KafkaWitness(const KafkaSettings& settings, std::string run, Log& log);

  /// Begins to read these again; what was asked before is forgotten. Errors: kBadConfig where
  /// librdkafka refuses the client.
  Result<void> ask(std::vector<KafkaMemory> memories);
  /// Waits up to `wait` for the answers that are missing. True once there is one for each.
  bool settled(Duration wait);
  /// In no order; complete once settled.
  std::span<const Answer> answers() const { return answers_; }
  const KafkaClient* client() const { return client_.get(); }

 private:
  Result<void> connect();
  void assign_next();
  void take(const rd_kafka_message_s& message);
  void answer(std::int32_t partition, Finding finding, std::int64_t timestamp_ms);

  KafkaSettings settings_;
  std::string run_;
  Log& log_;
  std::unique_ptr<KafkaClient> client_;       // from the first question on
  std::map<std::int32_t, KafkaMemory> open_;  // of each partition one at a time
  std::vector<KafkaMemory> later_;
  std::vector<std::int32_t> paused_;
  std::vector<Answer> answers_;
};

}  // namespace gradus
