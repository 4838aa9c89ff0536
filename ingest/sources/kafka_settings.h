#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/options.h"
#include "base/result.h"
#include "ingest/sources/kafka_properties.h"

namespace gradus {

/// What is done where the brokers no longer hold the offset that the checkpoint needs.
enum class MissingOffsets : std::uint8_t {
  kFail,
  kSkip,  ///< go on at the earliest record; the loop counts the gap
};

/// A property with the place it comes from, for messages.
struct KafkaOption {
  std::string key, value, where;
};

/// The section `stream.kafka`, read and checked.
struct KafkaSettings {
  std::string brokers;
  std::string topic;
  std::string dead_letter_topic;  ///< "<topic>.dead" unless said otherwise
  MissingOffsets missing_offsets = MissingOffsets::kFail;
  std::vector<KafkaOption> options;  ///< passed on; those from `_file` keys hold what the file says

  /// `text` without the values of secret options, whoever wrote it.
  std::string scrubbed(std::string_view text) const;
};

/// Reads brokers, topic, missing_offsets, dead_letter_topic, allow_insecure_tls, allow_code and
/// options.* Nothing of it loads or runs code.
/// Errors: kBadConfig for a missing or unknown key, a property that librdkafka does not know or
/// whose value it refuses, one that Gradus owns, TLS without verification unless
/// allow_insecure_tls, one that loads or runs code unless allow_code, a password in the brokers, a
/// `_file` that cannot be read.
Result<KafkaSettings> read_kafka_settings(Options& options);
std::span<const OptionSpec> kafka_options();

/// Warns where a prefetch limit is too small for a fast learner, below 100,000 messages or 64 MiB,
/// librdkafka's own defaults: when one is reached, librdkafka before 2.2 fetches only once a
/// second. Gradus' defaults are larger still; whoever goes a little below them knows why.
void warn_of_small_prefetch(const KafkaSettings& settings, Log& log);

}  // namespace gradus
