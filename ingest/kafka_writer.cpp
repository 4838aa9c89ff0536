#include "ingest/kafka_writer.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <string>
#include <utility>

#include "ingest/sources/kafka_client.h"
#include "ingest/sources/kafka_topic.h"

namespace gradus {
namespace {

constexpr Duration kOpenTimeout = std::chrono::seconds(10);
constexpr Duration kBetweenLooks = std::chrono::milliseconds(50);
constexpr Duration kFullWait = std::chrono::seconds(1);
constexpr std::uint64_t kServeEvery = 256;  // records between two looks at delivery reports

struct DestroyTopic {
  void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
};

/// Throughput first: full batches, and a queue that bridges a short pause of the broker.
std::array<KafkaDefault, 6> defaults() {
  return {{
      {"acks", "all"},
      {"client.id", "gradus-produce"},
      {"enable.idempotence", "true"},
      {"linger.ms", "20"},
      {"message.max.bytes", "1000000000"},
      {"queue.buffering.max.messages", "200000"},
  }};
}

}  // namespace

class KafkaWriter::State {
 public:
  State(KafkaSettings settings, Log& log) : settings_(std::move(settings)), log_(log) {}

  Result<void> open(int partitions);
  Result<void> write(std::string_view value);
  Result<void> flush(Duration deadline);
  int partitions() const { return partitions_; }
  Result<std::int64_t> end_of(std::int32_t partition) const;
  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t failed() const { return failed_; }

 private:
  void on_delivered(const rd_kafka_message_t& message);
  bool enqueue(std::string_view value);

  KafkaSettings settings_;
  Log& log_;
  int partitions_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
  std::unique_ptr<KafkaClient> client_;
  std::unique_ptr<rd_kafka_topic_t, DestroyTopic> topic_;  // after client_: goes first
};

Result<void> KafkaWriter::State::open(int partitions) {
  auto client = KafkaClient::open(KafkaRole::kProducer, settings_, defaults(), {}, log_,
                                  [this](const auto& message) { on_delivered(message); });
  if (!client) return tl::unexpected(client.error());
  client_ = std::move(*client);
  const auto found = ensure_kafka_topic(client_->handle(), settings_.topic,
                                        partitions == 0 ? 1 : partitions, kOpenTimeout);
  rd_kafka_poll(client_->handle(), 0);
  if (!found && client_->events().refused) return tl::unexpected(*client_->events().refused);
  if (!found) {
    return fail(found.error().code,
                "kafka: brokers " + settings_.brokers + ": " + found.error().message);
  }
  if (partitions != 0 && *found != partitions) {
    return fail(ErrorCode::kBadConfig, "topic " + settings_.topic + " has " +
                                           std::to_string(*found) + " partitions, not " +
                                           std::to_string(partitions));
  }
  partitions_ = *found;
  topic_.reset(rd_kafka_topic_new(client_->handle(), settings_.topic.c_str(), nullptr));
  if (topic_ != nullptr) return {};
  return fail(ErrorCode::kInternal, std::string("kafka: topic ") + settings_.topic + ": " +
                                        rd_kafka_err2str(rd_kafka_last_error()));
}

bool KafkaWriter::State::enqueue(std::string_view value) {
  const auto partition =
      static_cast<std::int32_t>(written_ % static_cast<std::uint64_t>(partitions_));
  return rd_kafka_produce(topic_.get(), partition, RD_KAFKA_MSG_F_COPY,
                          const_cast<char*>(value.data()), value.size(), nullptr, 0, nullptr) == 0;
}

Result<void> KafkaWriter::State::write(std::string_view value) {
  if (value.data() == nullptr) value = "";  // empty, not a tombstone
  bool taken = enqueue(value);
  if (!taken && rd_kafka_last_error() == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
    // Returns as soon as some were delivered.
    rd_kafka_poll(client_->handle(), kafka_milliseconds(kFullWait));
    taken = enqueue(value);
  }
  if (!taken) {
    const auto error = rd_kafka_last_error();
    return fail(
        error == RD_KAFKA_RESP_ERR__QUEUE_FULL ? ErrorCode::kUnavailable : ErrorCode::kInternal,
        std::string("kafka: topic ") + settings_.topic + ": " + rd_kafka_err2str(error));
  }
  if (++written_ % kServeEvery == 0) rd_kafka_poll(client_->handle(), 0);
  return {};
}

Result<void> KafkaWriter::State::flush(Duration deadline) {
  rd_kafka_flush(client_->handle(), kafka_milliseconds(deadline));
  const int waiting = rd_kafka_outq_len(client_->handle());
  if (waiting == 0) return {};
  return fail(ErrorCode::kUnavailable, "kafka: topic " + settings_.topic + ": " +
                                           std::to_string(waiting) +
                                           " records are not delivered yet");
}

Result<std::int64_t> KafkaWriter::State::end_of(std::int32_t partition) const {
  // A partition that was just made may have no leader yet.
  for (Duration waited{0};; waited += kBetweenLooks) {
    const auto range =
        kafka_offset_range(client_->handle(), settings_.topic, partition, kOpenTimeout);
    if (range) return range->high;
    if (waited >= kOpenTimeout) return tl::unexpected(range.error());
    rd_kafka_poll(client_->handle(), kafka_milliseconds(kBetweenLooks));
  }
}

void KafkaWriter::State::on_delivered(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    ++delivered_;
    return;
  }
  ++failed_;
  log_.sampled(LogLevel::kError, "ingest", std::string("produce") + rd_kafka_err2name(message.err),
               "kafka: topic " + settings_.topic +
                   ": a record was not delivered: " + rd_kafka_err2str(message.err));
}

KafkaWriter::KafkaWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
KafkaWriter::~KafkaWriter() = default;

Result<std::unique_ptr<KafkaWriter>> KafkaWriter::open(Options& options, int partitions, Log& log) {
  auto settings = read_kafka_settings(options);
  if (!settings) return tl::unexpected(settings.error());
  auto state = std::make_unique<State>(std::move(*settings), log);
  if (const auto opened = state->open(partitions); !opened) {
    return tl::unexpected(opened.error());
  }
  return std::unique_ptr<KafkaWriter>(new KafkaWriter(std::move(state)));
}

Result<void> KafkaWriter::write(std::string_view value) { return state_->write(value); }
Result<void> KafkaWriter::flush(Duration deadline) { return state_->flush(deadline); }
int KafkaWriter::partitions() const { return state_->partitions(); }
Result<std::int64_t> KafkaWriter::end_of(std::int32_t partition) const {
  return state_->end_of(partition);
}
std::uint64_t KafkaWriter::delivered() const { return state_->delivered(); }
std::uint64_t KafkaWriter::failed() const { return state_->failed(); }

}  // namespace gradus
