#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/result.h"
#include "ingest/sources/kafka_settings.h"
#include "ingest/sources/kafka_statistics.h"

struct rd_kafka_s;
struct rd_kafka_message_s;

namespace gradus {

/// A property that Gradus sets itself.
struct KafkaDefault {
  std::string_view key;
  std::string value;
};

/// What librdkafka told besides records; its callbacks run inside our own polls, on no other
/// thread.
struct KafkaEvents {
  std::map<std::string, std::uint64_t> errors;  ///< by librdkafka's name
  std::uint64_t disturbances = 0;               ///< their sum
  bool reachable = false;                       ///< a broker answered and not all failed since
  std::optional<Error> refused;                 ///< credentials or certificates are wrong
  std::optional<Error> fatal;                   ///< the client is of no more use
  KafkaStatistics statistics;
};

/// One librdkafka client with its callbacks: logs and errors are counted, cleaned of secrets and
/// written to `log` at most every 10 s each.
/// Threads: owned by the thread that polls it.
class KafkaClient {
 public:
  /// Called in a poll for every record that was delivered, or could not be.
  using Delivered = std::function<void(const rd_kafka_message_s&)>;

  /// `defaults` give way to the user's options, `owned` do not. Connects later and by itself.
  /// Errors: kBadConfig where librdkafka refuses the combination.
  static Result<std::unique_ptr<KafkaClient>> open(KafkaRole role, const KafkaSettings& settings,
                                                   std::span<const KafkaDefault> defaults,
                                                   std::span<const KafkaDefault> owned, Log& log,
                                                   Delivered delivered = {});
  /// Leaves the cluster, a consumer within 2 s: where that is not enough the log says so. All
  /// messages must have been given back before. Records that were not yet delivered are given up:
  /// flush first.
  ~KafkaClient();
  KafkaClient(const KafkaClient&) = delete;
  KafkaClient& operator=(const KafkaClient&) = delete;

  rd_kafka_s* handle() const { return handle_; }
  KafkaEvents& events() { return events_; }
  const KafkaEvents& events() const { return events_; }
  const KafkaSettings& settings() const { return settings_; }

  /// Counts an error of librdkafka by its name, notes what follows from it and logs it.
  void note_error(int code, std::string_view reason);

 private:
  struct Callbacks;
  KafkaClient(KafkaRole role, const KafkaSettings& settings, Log& log, Delivered delivered);
  bool closed_in_time();
  void note_statistics(const KafkaStatistics& statistics);

  KafkaRole role_;
  KafkaSettings settings_;
  Log& log_;
  Delivered delivered_;
  KafkaEvents events_;
  unsigned reports_without_broker_ = 0;  // in a row
  rd_kafka_s* handle_ = nullptr;
};

}  // namespace gradus
