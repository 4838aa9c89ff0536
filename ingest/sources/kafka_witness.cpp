#include "ingest/sources/kafka_witness.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <utility>

#include "base/digest.h"
#include "ingest/sources/kafka_defaults.h"
#include "ingest/sources/kafka_message.h"
#include "ingest/sources/kafka_topic.h"

namespace gradus {
namespace {

using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                   decltype(&rd_kafka_topic_partition_list_destroy)>;

Partitions list_of(std::size_t size) {
  return {rd_kafka_topic_partition_list_new(static_cast<int>(size)),
          &rd_kafka_topic_partition_list_destroy};
}

void add_optional(Digest& digest, const std::optional<std::string_view>& bytes) {
  digest.add(bytes ? "1" : "0");
  digest.add_field(bytes.value_or(std::string_view{}));
}

std::optional<std::string_view> view(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string_view(static_cast<const char*>(data), size);
}

bool matches(const KafkaMemory& memory, const rd_kafka_message_t& message) {
  if (memory.digest) return *memory.digest == kafka_digest(message);
  return memory.timestamp_ms == kafka_record(message).timestamp_ms;
}

}  // namespace

std::uint64_t kafka_digest(const rd_kafka_message_t& message) {
  Digest digest;
  add_optional(digest, view(message.key, message.key_len));
  add_optional(digest, view(message.payload, message.len));
  const std::int64_t timestamp_ms = kafka_record(message).timestamp_ms;
  digest.add({reinterpret_cast<const char*>(&timestamp_ms), sizeof(timestamp_ms)});
  for (const RecordHeader& header : kafka_headers(message)) {
    digest.add_field(header.name);
    add_optional(digest, header.value);
  }
  return digest.value();
}

KafkaWitness::KafkaWitness(const KafkaSettings& settings, std::string run, Log& log)
    : settings_(settings), run_(std::move(run)), log_(log) {}

Result<void> KafkaWitness::connect() {
  if (client_ != nullptr) return {};
  std::vector<KafkaDefault> owned = consumer_owned(run_);
  owned.push_back({"enable.partition.eof", "true"});
  // One record is wanted of each partition, not what follows it.
  owned.push_back({"fetch.message.max.bytes", "65536"});
  owned.push_back({"queued.min.messages", "1"});
  owned.push_back({"statistics.interval.ms", "0"});
  auto client =
      KafkaClient::open(KafkaRole::kConsumer, settings_, consumer_defaults(run_), owned, log_);
  if (!client) return tl::unexpected(client.error());
  client_ = std::move(*client);
  return {};
}

Result<void> KafkaWitness::ask(std::vector<KafkaMemory> memories) {
  answers_.clear();
  open_.clear();
  later_ = std::move(memories);
  if (later_.empty()) return {};
  if (auto connected = connect(); !connected) return connected;
  assign_next();
  return {};
}

void KafkaWitness::assign_next() {
  std::vector<KafkaMemory> later;
  for (KafkaMemory& memory : std::exchange(later_, {})) {
    const auto [place, first] = open_.try_emplace(memory.partition, memory);
    if (!first) later.push_back(memory);
  }
  later_ = std::move(later);
  const Partitions list = list_of(open_.size());
  for (const auto& [partition, memory] : open_) {
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), partition)->offset =
        memory.offset;
  }
  rd_kafka_assign(client_->handle(), list.get());
  for (const std::int32_t partition : std::exchange(paused_, {})) {
    const Partitions one = list_of(1);
    rd_kafka_topic_partition_list_add(one.get(), settings_.topic.c_str(), partition);
    rd_kafka_resume_partitions(client_->handle(), one.get());
  }
}

bool KafkaWitness::settled(Duration wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (!open_.empty()) {
    const Duration left = deadline - std::chrono::steady_clock::now();
    rd_kafka_message_t* message =
        rd_kafka_consumer_poll(client_->handle(), kafka_milliseconds(left));
    if (message == nullptr) break;
    take(*message);
    rd_kafka_message_destroy(message);
    if (open_.empty() && !later_.empty()) assign_next();
    // Nothing is fetched until the next question.
    if (open_.empty()) rd_kafka_assign(client_->handle(), nullptr);
  }
  return open_.empty();
}

void KafkaWitness::take(const rd_kafka_message_t& message) {
  const auto asked = open_.find(message.partition);
  switch (message.err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      if (asked == open_.end() || message.offset < asked->second.offset) return;
      if (message.offset > asked->second.offset) {
        answer(message.partition, Finding::kGone, -1);
      } else {
        const bool same = matches(asked->second, message);
        answer(message.partition, same ? Finding::kSame : Finding::kOther,
               kafka_record(message).timestamp_ms);
      }
      return;
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      if (asked != open_.end()) answer(message.partition, Finding::kGone, -1);
      return;
    default:
      client_->note_error(message.err, rd_kafka_message_errstr(&message));
  }
}

void KafkaWitness::answer(std::int32_t partition, Finding finding, std::int64_t timestamp_ms) {
  const auto node = open_.extract(partition);
  answers_.push_back({node.mapped(), finding, timestamp_ms});
  if (open_.empty()) return;
  // It brings no more while others are still to come.
  const Partitions one = list_of(1);
  rd_kafka_topic_partition_list_add(one.get(), settings_.topic.c_str(), partition);
  rd_kafka_pause_partitions(client_->handle(), one.get());
  paused_.push_back(partition);
}

}  // namespace gradus
