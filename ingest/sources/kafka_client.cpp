#include "ingest/sources/kafka_client.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>

namespace gradus {
namespace {

constexpr std::string_view kRoom = "ingest";
constexpr int kSyslogError = 3;
constexpr auto kCloseTimeout = std::chrono::seconds(2);
constexpr int kCloseSliceMs = 20;  // between two looks

using Conf = std::unique_ptr<rd_kafka_conf_t, decltype(&rd_kafka_conf_destroy)>;
using Queue = std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)>;
using Reason = std::array<char, 512>;

Result<void> set(rd_kafka_conf_t* conf, const std::string& key, const std::string& value,
                 const KafkaSettings& settings) {
  Reason why{};
  if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), why.data(), why.size()) ==
      RD_KAFKA_CONF_OK) {
    return {};
  }
  return fail(ErrorCode::kBadConfig, "kafka: " + settings.scrubbed(why.data()));
}

Result<void> set_all(rd_kafka_conf_t* conf, KafkaRole role, const KafkaSettings& settings,
                     std::span<const KafkaDefault> defaults, std::span<const KafkaDefault> owned) {
  const KafkaProperties properties;
  Result<void> done = set(conf, "bootstrap.servers", settings.brokers, settings);
  for (const KafkaDefault& entry : defaults) {
    // A default for a newer librdkafka is left out where an older one is linked.
    if (!done || properties.find(entry.key) == nullptr) continue;
    done = set(conf, std::string(entry.key), entry.value, settings);
  }
  for (const KafkaOption& option : settings.options) {
    const KafkaProperty* property = properties.find(option.key);
    if (!done || property == nullptr || !property->for_role(role)) continue;
    done = set(conf, option.key, option.value, settings);
  }
  for (const KafkaDefault& entry : owned) {
    if (done) done = set(conf, std::string(entry.key), entry.value, settings);
  }
  return done;
}

}  // namespace

/// What librdkafka calls; `opaque` is the client.
struct KafkaClient::Callbacks {
  static void on_error(rd_kafka_t*, int code, const char* reason, void* opaque) {
    static_cast<KafkaClient*>(opaque)->note_error(code, reason);
  }

  // Broken connections come through on_error as well: here they would be told twice.
  static void on_log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
    auto* client = static_cast<KafkaClient*>(rd_kafka_opaque(handle));
    const bool serious = level <= kSyslogError && std::string_view(facility) != "FAIL";
    const std::string line =
        "librdkafka: " + std::string(facility) + ": " + client->settings_.scrubbed(text);
    if (serious) {
      client->log_.sampled(LogLevel::kWarning, kRoom, std::string("kafka") + facility, line);
    } else {
      client->log_.debug(kRoom, line);
    }
  }

  static int on_statistics(rd_kafka_t*, char* json, std::size_t size, void* opaque) {
    static_cast<KafkaClient*>(opaque)->note_statistics(parse_kafka_statistics({json, size}));
    return 0;  // librdkafka frees the text
  }

  static void on_delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    auto* client = static_cast<KafkaClient*>(opaque);
    if (client->delivered_) client->delivered_(*message);
  }

  static void install(rd_kafka_conf_t* conf, KafkaClient* client) {
    rd_kafka_conf_set_opaque(conf, client);
    rd_kafka_conf_set_error_cb(conf, on_error);
    rd_kafka_conf_set_log_cb(conf, on_log);
    rd_kafka_conf_set_stats_cb(conf, on_statistics);
    if (client->role_ == KafkaRole::kProducer) rd_kafka_conf_set_dr_msg_cb(conf, on_delivered);
  }
};

KafkaClient::KafkaClient(KafkaRole role, const KafkaSettings& settings, Log& log,
                         Delivered delivered)
    : role_(role), settings_(settings), log_(log), delivered_(std::move(delivered)) {}

Result<std::unique_ptr<KafkaClient>> KafkaClient::open(KafkaRole role,
                                                       const KafkaSettings& settings,
                                                       std::span<const KafkaDefault> defaults,
                                                       std::span<const KafkaDefault> owned,
                                                       Log& log, Delivered delivered) {
  std::unique_ptr<KafkaClient> client(new KafkaClient(role, settings, log, std::move(delivered)));
  Conf conf(rd_kafka_conf_new(), &rd_kafka_conf_destroy);
  auto done = set_all(conf.get(), role, settings, defaults, owned);
  // Lines go through the queue that we poll, not through the threads of librdkafka.
  if (done) done = set(conf.get(), "log.queue", "true", settings);
  if (!done) return tl::unexpected(done.error());
  Callbacks::install(conf.get(), client.get());
  Reason why{};
  client->handle_ =
      rd_kafka_new(role == KafkaRole::kConsumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, conf.get(),
                   why.data(), why.size());
  if (client->handle_ == nullptr) {
    return fail(ErrorCode::kBadConfig, "kafka: " + settings.scrubbed(why.data()));
  }
  static_cast<void>(conf.release());  // rd_kafka_new owns it now
  rd_kafka_set_log_queue(client->handle_, nullptr);
  if (role == KafkaRole::kConsumer) rd_kafka_poll_set_consumer(client->handle_);
  return client;
}

KafkaClient::~KafkaClient() {
  if (handle_ == nullptr) return;
  if (role_ == KafkaRole::kProducer) {
    rd_kafka_purge(handle_, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(handle_);
  } else if (closed_in_time()) {
    rd_kafka_destroy(handle_);
  } else {
    // To destroy it would wait as well, so it is left to the end of the process; nobody polls it,
    // so it calls nothing of ours.
    log_.warning(kRoom,
                 "kafka: no broker took the last offset for lag tools within 2 s; the run does "
                 "not need it, its own position is in the checkpoint");
  }
}

// To close is to wait for an offset that was committed for lag tools, also where no broker is there
// to take it: librdkafka itself would wait for up to a minute.
bool KafkaClient::closed_in_time() {
  const Queue answers(rd_kafka_queue_new(handle_), &rd_kafka_queue_destroy);
  if (rd_kafka_error_t* error = rd_kafka_consumer_close_queue(handle_, answers.get())) {
    rd_kafka_error_destroy(error);
    return false;
  }
  const auto deadline = std::chrono::steady_clock::now() + kCloseTimeout;
  while (rd_kafka_consumer_closed(handle_) == 0) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    if (rd_kafka_event_t* event = rd_kafka_queue_poll(answers.get(), kCloseSliceMs)) {
      rd_kafka_event_destroy(event);
    }
  }
  return true;
}

// librdkafka does not always tell that all brokers are down: not where the address of the group's
// coordinator is lost before the connections are. One report may fall between two connections.
void KafkaClient::note_statistics(const KafkaStatistics& statistics) {
  events_.statistics = statistics;
  reports_without_broker_ = statistics.brokers_up == 0 ? reports_without_broker_ + 1 : 0;
  if (reports_without_broker_ >= 2) events_.reachable = false;
}

void KafkaClient::note_error(int code, std::string_view reason) {
  const auto error = static_cast<rd_kafka_resp_err_t>(code);
  std::string line = "kafka: " + settings_.scrubbed(reason);
  ++events_.errors[rd_kafka_err2name(error)];
  ++events_.disturbances;
  switch (error) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
      events_.reachable = false;
      break;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL:
      events_.refused = Error{ErrorCode::kBadConfig, line};
      break;
    case RD_KAFKA_RESP_ERR__FATAL: {
      Reason why{};
      rd_kafka_fatal_error(handle_, why.data(), why.size());
      line = "kafka: " + settings_.scrubbed(why.data());
      events_.fatal = Error{ErrorCode::kUnavailable, line};
      break;
    }
    default:
      break;
  }
  log_.sampled(LogLevel::kWarning, kRoom, "kafka" + std::string(rd_kafka_err2name(error)), line);
}

}  // namespace gradus
