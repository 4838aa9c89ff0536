#include "ingest/kafka_dead_letters.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "ingest/sources/kafka_client.h"
#include "ingest/sources/kafka_topic.h"

namespace gradus {
namespace {

constexpr Duration kRequestTimeout = std::chrono::seconds(1);

struct DestroyHeaders {
  void operator()(rd_kafka_headers_t* headers) const { rd_kafka_headers_destroy(headers); }
};
using Headers = std::unique_ptr<rd_kafka_headers_t, DestroyHeaders>;

void add(rd_kafka_headers_t* headers, const std::string& name, std::string_view value) {
  rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                      static_cast<ssize_t>(value.size()));
}

/// The record's own headers, in their order.
Headers own_headers(const RawRecord& record) {
  Headers headers(rd_kafka_headers_new(16));
  if (record.headers == nullptr) return headers;
  for (const RecordHeader& header : record.headers->headers_of(record)) {
    // Null data makes a null value, which is not the same as an empty one.
    add(headers.get(), header.name,
        header.value ? std::string_view(*header.value) : std::string_view{});
  }
  return headers;
}

/// Bytes of one letter: a record on its way in, or one that must be sent again.
struct Letter {
  std::string_view key;    // null data: no key
  std::string_view value;  // null data: a tombstone
  std::int64_t timestamp_ms = 0;
  Headers headers;
};

/// A letter that owns its bytes.
struct KeptLetter {
  std::optional<std::string> key, value;
  std::int64_t timestamp_ms = 0;
  Headers headers;
};

std::optional<std::string> kept(const void* bytes, std::size_t size) {
  if (bytes == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(bytes), size);
}

std::string_view view(const std::optional<std::string>& bytes) {
  return bytes ? std::string_view(*bytes) : std::string_view{};
}

KeptLetter keep(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  KeptLetter letter{.key = kept(message.key, message.key_len),
                    .value = kept(message.payload, message.len),
                    .timestamp_ms = rd_kafka_message_timestamp(&message, &type),
                    .headers = nullptr};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    letter.headers.reset(rd_kafka_headers_copy(headers));
  }
  return letter;
}

class KafkaDeadLetters final : public DeadLetters {
 public:
  KafkaDeadLetters(KafkaSettings settings, const SourceSetup& setup)
      : settings_(std::move(settings)), run_(setup.run), clock_(*setup.clock), log_(*setup.log) {}

  Result<void> start();
  Result<void> write(const RawRecord& record, std::string_view topic, Reject reason) override;
  Result<void> flush(Duration deadline) override;
  std::uint64_t delivered() const override { return delivered_; }
  std::uint64_t failed() const override { return failed_; }

 private:
  Result<void> find_topic();
  Result<void> produce(Letter letter);
  Result<void> mend();
  bool broken() const { return rd_kafka_fatal_error(client_->handle(), nullptr, 0) != 0; }
  void on_delivered(const rd_kafka_message_t& message);

  KafkaSettings settings_;
  std::string run_;
  Clock& clock_;
  Log& log_;
  std::deque<KeptLetter> unsent_;  // given back by a client that broke
  bool topic_found_ = false;
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
  std::unique_ptr<KafkaClient> client_;  // last: its callbacks use the others
};

Result<void> KafkaDeadLetters::start() {
  const std::array<KafkaDefault, 6> defaults{{
      {"acks", "all"},
      {"client.id", "gradus-" + run_},
      {"enable.idempotence", "true"},
      {"linger.ms", "50"},
      {"message.max.bytes", "1000000000"},  // what may be too large, the brokers decide
      {"message.timeout.ms", "0"},          // a letter waits as long as its brokers are away
  }};
  auto client = KafkaClient::open(KafkaRole::kProducer, settings_, defaults, {}, log_,
                                  [this](const auto& message) { on_delivered(message); });
  if (!client) return tl::unexpected(client.error());
  client_ = std::move(*client);
  return {};
}

Result<void> KafkaDeadLetters::write(const RawRecord& record, std::string_view topic,
                                     Reject reason) {
  if (auto found = find_topic(); !found) return found;
  if (auto mended = mend(); !mended) return mended;
  Letter letter{.key = record.key,
                .value = record.tombstone ? std::string_view{} : record.bytes,
                .timestamp_ms = std::max<std::int64_t>(record.timestamp_ms, 0),
                .headers = own_headers(record)};
  if (!record.tombstone && letter.value.data() == nullptr) letter.value = "";
  rd_kafka_headers_t* headers = letter.headers.get();
  const auto now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  add(headers, "gradus.error.topic", topic);
  add(headers, "gradus.error.partition", std::to_string(record.partition));
  add(headers, "gradus.error.offset", std::to_string(record.offset));
  add(headers, "gradus.error.reason", reject_name(reason));
  add(headers, "gradus.error.message", reject_hint(reason));
  add(headers, "gradus.error.run", run_);
  add(headers, "gradus.error.time", std::to_string(now.time_since_epoch().count()));
  return produce(std::move(letter));
}

Result<void> KafkaDeadLetters::flush(Duration deadline) {
  if (auto mended = mend(); !mended) return mended;
  rd_kafka_flush(client_->handle(), kafka_milliseconds(deadline));
  const int waiting = rd_kafka_outq_len(client_->handle());
  if (waiting == 0 && unsent_.empty()) return {};
  return fail(ErrorCode::kUnavailable,
              "kafka: " + std::to_string(static_cast<std::size_t>(waiting) + unsent_.size()) +
                  " dead letters for " + settings_.dead_letter_topic + " are not delivered yet");
}

Result<void> KafkaDeadLetters::find_topic() {
  if (topic_found_) return {};
  rd_kafka_poll(client_->handle(), 0);
  const auto partitions =
      ensure_kafka_topic(client_->handle(), settings_.dead_letter_topic, 1, kRequestTimeout);
  if (!partitions) {
    return fail(partitions.error().code, "kafka: dead letters: " + partitions.error().message);
  }
  topic_found_ = true;
  return {};
}

Result<void> KafkaDeadLetters::produce(Letter letter) {
  std::array<rd_kafka_vu_t, 6> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = settings_.dead_letter_topic.c_str();
  parts[1].vtype = RD_KAFKA_VTYPE_VALUE;
  parts[1].u.mem = {const_cast<char*>(letter.value.data()), letter.value.size()};
  parts[2].vtype = RD_KAFKA_VTYPE_KEY;
  parts[2].u.mem = {const_cast<char*>(letter.key.data()), letter.key.size()};
  parts[3].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  parts[3].u.i64 = letter.timestamp_ms;
  parts[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[4].u.i = RD_KAFKA_MSG_F_COPY;
  parts[5].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[5].u.headers = letter.headers.get();
  rd_kafka_poll(client_->handle(), 0);
  rd_kafka_error_t* error = rd_kafka_produceva(client_->handle(), parts.data(), parts.size());
  if (error == nullptr) {
    static_cast<void>(letter.headers.release());  // librdkafka owns them now
    return {};
  }
  const auto code = rd_kafka_error_code(error);
  const std::string why = settings_.scrubbed(rd_kafka_error_string(error));
  rd_kafka_error_destroy(error);
  // A client that has just broken is replaced in the next try.
  const bool passing = code == RD_KAFKA_RESP_ERR__QUEUE_FULL || code == RD_KAFKA_RESP_ERR__FATAL;
  return fail(passing ? ErrorCode::kUnavailable : ErrorCode::kInternal,
              "kafka: dead letters for " + settings_.dead_letter_topic + ": " + why);
}

// An idempotent producer that can no longer promise order and no repeats gives up for good; 2.0.2
// does so also where nothing is wrong. What it had not delivered goes to a new one.
Result<void> KafkaDeadLetters::mend() {
  if (broken()) {
    rd_kafka_purge(client_->handle(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(client_->handle(), kafka_milliseconds(kRequestTimeout));
    log_.warning("ingest", "kafka: the producer of dead letters broke, " +
                               std::to_string(unsent_.size()) + " are sent again");
    if (auto started = start(); !started) return started;
  }
  while (!unsent_.empty()) {
    KeptLetter& first = unsent_.front();
    Headers headers(first.headers ? rd_kafka_headers_copy(first.headers.get())
                                  : rd_kafka_headers_new(0));
    auto sent = produce({.key = view(first.key),
                         .value = view(first.value),
                         .timestamp_ms = first.timestamp_ms,
                         .headers = std::move(headers)});
    if (!sent) return sent;
    unsent_.pop_front();
  }
  return {};
}

void KafkaDeadLetters::on_delivered(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    ++delivered_;
  } else if (broken()) {
    unsent_.push_back(keep(message));
  } else {
    ++failed_;
    log_.sampled(LogLevel::kError, "ingest", "dead letter",
                 "kafka: a dead letter for " + settings_.dead_letter_topic +
                     " was refused: " + rd_kafka_err2str(message.err));
  }
}

}  // namespace

Result<std::unique_ptr<DeadLetters>> make_kafka_dead_letters(Options& options,
                                                             const SourceSetup& setup) {
  auto settings = read_kafka_settings(options);
  if (!settings) return tl::unexpected(settings.error());
  auto letters = std::make_unique<KafkaDeadLetters>(std::move(*settings), setup);
  if (const auto started = letters->start(); !started) return tl::unexpected(started.error());
  return letters;
}

}  // namespace gradus
