#include "ingest/sources/kafka_settings.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/input_file.h"
#include "ingest/kafka_secrets.h"
#include "ingest/kafka_version.h"

namespace gradus {
namespace {

constexpr std::string_view kOptionsPrefix = "options.";
constexpr std::size_t kMostSecretBytes = std::size_t{64} << 10;  // a chain of certificates

struct Owned {
  std::string_view key, advice;
};
// What would break exactly-once, or has a key of its own.
constexpr std::array kOwned{
    Owned{"auto.commit.enable", "offsets live in the checkpoint"},
    Owned{"auto.offset.reset", "set missing_offsets instead"},
    Owned{"bootstrap.servers", "set brokers instead"},
    Owned{"delivery.report.only.error", "every delivery is counted"},
    Owned{"enable.auto.commit", "offsets live in the checkpoint"},
    Owned{"enable.auto.offset.store", "offsets live in the checkpoint"},
    Owned{"enable.partition.eof", "use --until-end instead"},
    Owned{"group.id", "it is gradus-<run>; set run instead"},
    Owned{"log.queue", "set the log level of gradus instead"},
    Owned{"metadata.broker.list", "set brokers instead"},
    Owned{"transactional.id", "gradus uses no transactions"},
};

// What makes librdkafka load a library or run a command: plugin.library.paths already where it is
// set, the others when a client is made.
constexpr std::array<std::string_view, 5> kRunsCode = {"plugin.library.paths",
                                                       "sasl.kerberos.kinit.cmd", "ssl.engine.id",
                                                       "ssl.engine.location", "ssl.providers"};
// What librdkafka's own kinit command hands to a shell as it stands.
constexpr std::array<std::string_view, 2> kInShellCommand = {"sasl.kerberos.keytab",
                                                             "sasl.kerberos.principal"};

using Conf = std::unique_ptr<rd_kafka_conf_t, decltype(&rd_kafka_conf_destroy)>;

Result<std::string> read_secret(const std::string& path) {
  auto read = read_input_file(path, kMostSecretBytes);
  if (!read) return fail(ErrorCode::kBadConfig, read.error().message);
  std::string secret = std::move(*read);
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return fail(ErrorCode::kBadConfig, "the file " + path + " is empty");
  return secret;
}

Result<void> check_known(const std::string& key, const KafkaProperties& properties) {
  const auto* const owned = std::find_if(kOwned.begin(), kOwned.end(),
                                         [&](const Owned& entry) { return entry.key == key; });
  if (owned != kOwned.end()) {
    return fail(ErrorCode::kBadConfig, "gradus owns this property: " + std::string(owned->advice));
  }
  if (properties.find(key) != nullptr) return {};
  const std::string nearest = properties.nearest(key);
  return fail(ErrorCode::kBadConfig,
              "librdkafka " + std::string(kafka_client_version()) + " has no such property" +
                  (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
}

bool loads_code(const KafkaOption& option) {
  return std::find(kRunsCode.begin(), kRunsCode.end(), option.key) != kRunsCode.end();
}

/// Whether a shell could take the value for more than one word.
bool is_shell_text(const KafkaOption& option) {
  constexpr std::string_view kPlain = "@._/:+=,~-";
  if (std::find(kInShellCommand.begin(), kInShellCommand.end(), option.key) ==
      kInShellCommand.end())
    return false;
  return option.value.starts_with('-') ||
         !std::all_of(option.value.begin(), option.value.end(), [&](unsigned char c) {
           return std::isalnum(c) != 0 || kPlain.find(static_cast<char>(c)) != kPlain.npos;
         });
}

// Tried on a configuration of its own, so that a bad value is reported with its place. To try what
// loads a library would load it, and gradus check must run nothing.
Result<void> check_value(const KafkaOption& option) {
  if (loads_code(option)) return {};
  const Conf scratch(rd_kafka_conf_new(), &rd_kafka_conf_destroy);
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(scratch.get(), option.key.c_str(), option.value.c_str(), why.data(),
                        why.size()) == RD_KAFKA_CONF_OK) {
    return {};
  }
  return fail(ErrorCode::kBadConfig, is_secret_key(option.key)
                                         ? std::string("librdkafka refuses the value")
                                         : std::string("librdkafka says: ") + why.data());
}

constexpr std::array<std::string_view, 2> kMissing = {"fail", "skip"};
constexpr OptionSpec kBrokers =
    text_option("brokers", "`host:port`, several with commas", "", "addresses; required");
constexpr OptionSpec kTopic = text_option("topic", "name", "", "topic to read; required");
constexpr OptionSpec kMissingOffsets = choice_option(
    "missing_offsets", kMissing, "fail",
    "if the brokers no longer hold the position, or the record before it is missing: `fail` exits "
    "with code 3, `skip` continues after the gap and counts it");
constexpr OptionSpec kDeadLetterTopic =
    text_option("dead_letter_topic", "name", "",
                "receives bad records; by default the topic's name and `.dead`");
constexpr OptionSpec kInsecure =
    flag_option("allow_insecure_tls", "false", "accept TLS that does not verify the broker");
constexpr OptionSpec kCode = flag_option(
    "allow_code", "false",
    "accept options of librdkafka that load a library or run a command when the run starts; "
    "`gradus check` runs nothing either way");
constexpr OptionSpec kPassedOn =
    text_option("options.*", "librdkafka's own", "", "properties of librdkafka, passed on");
constexpr std::array kOptions = {kBrokers,  kTopic, kMissingOffsets, kDeadLetterTopic,
                                 kInsecure, kCode,  kPassedOn};

/// Resolves one `options.*` entry; a `_file` key becomes the property whose value the file holds.
Result<KafkaOption> read_option(const Options::Entry& entry, const KafkaProperties& properties) {
  KafkaOption option{
      .key = entry.key.substr(kOptionsPrefix.size()), .value = entry.value, .where = entry.where};
  constexpr std::string_view kFile = "_file";
  if (option.key.ends_with(kFile)) {
    option.key.resize(option.key.size() - kFile.size());
    const auto secret = read_secret(entry.value);
    if (!secret) return tl::unexpected(secret.error());
    option.value = *secret;
  }
  return check_known(option.key, properties).and_then([&] { return check_value(option); }).map([&] {
    return option;
  });
}

bool turns_verification_off(const KafkaOption& option) {
  return (option.key == "enable.ssl.certificate.verification" && option.value != "true") ||
         (option.key == "ssl.endpoint.identification.algorithm" && option.value == "none");
}

/// What the operator has to allow in so many words.
Result<void> check_allowed(const KafkaOption& option, Options& options) {
  const bool insecure = options.flag(kInsecure);
  const bool code = options.flag(kCode);
  if (turns_verification_off(option) && !insecure)
    return fail(ErrorCode::kBadConfig,
                "anybody could pose as the broker; allow_insecure_tls: true accepts that");
  if (loads_code(option) && !code)
    return fail(ErrorCode::kBadConfig,
                "librdkafka would load a library or run a command; allow_code: true accepts that");
  if (is_shell_text(option) && !code)
    return fail(ErrorCode::kBadConfig,
                "librdkafka hands the value to a shell: letters, digits and @._/:+=,~- are "
                "expected; allow_code: true accepts any");
  return {};
}

Result<std::vector<KafkaOption>> read_passed_on(Options& options) {
  const KafkaProperties properties;
  options.flag(kInsecure);
  options.flag(kCode);
  std::vector<KafkaOption> passed_on;
  const auto entries = options.entries();  // a copy: asking for a key marks the original
  for (const Options::Entry& entry : entries) {
    if (!entry.key.starts_with(kOptionsPrefix)) continue;
    options.text(entry.key, "");
    auto option = read_option(entry, properties);
    if (!option) {
      return fail(option.error().code, options.place_of(entry) + ": " + option.error().message);
    }
    if (const auto allowed = check_allowed(*option, options); !allowed)
      return fail(allowed.error().code, options.place_of(entry) + ": " + allowed.error().message);
    passed_on.push_back(std::move(*option));
  }
  return passed_on;
}

std::optional<std::int64_t> number_of(const KafkaOption& option) {
  std::int64_t value = 0;
  const char* const end = option.value.data() + option.value.size();
  const auto parsed = std::from_chars(option.value.data(), end, value);
  return parsed.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

}  // namespace

std::span<const OptionSpec> kafka_options() { return kOptions; }

std::string KafkaSettings::scrubbed(std::string_view text) const {
  std::string clean(text);
  for (const KafkaOption& option : options) {
    if (!is_secret_key(option.key) || option.value.empty()) continue;
    for (std::size_t at = clean.find(option.value); at != std::string::npos;
         at = clean.find(option.value, at)) {
      clean.replace(at, option.value.size(), "***");
      at += 3;
    }
  }
  return clean;
}

Result<KafkaSettings> read_kafka_settings(Options& options) {
  KafkaSettings settings;
  settings.brokers = options.text(kBrokers);
  settings.topic = options.text(kTopic);
  settings.dead_letter_topic = options.text(kDeadLetterTopic, settings.topic + ".dead");
  settings.missing_offsets =
      options.choice(kMissingOffsets) == "skip" ? MissingOffsets::kSkip : MissingOffsets::kFail;
  auto passed_on = read_passed_on(options);
  // First, since the options behind a bad one were not asked for.
  if (!passed_on) return tl::unexpected(passed_on.error());
  if (const auto finished = options.finish(); !finished) return tl::unexpected(finished.error());
  settings.options = std::move(*passed_on);
  if (settings.brokers.empty()) {
    return tl::unexpected(
        options.refused("brokers", "missing; expected host:port, several with commas between"));
  }
  if (settings.brokers.find('@') != std::string::npos) {
    return tl::unexpected(options.refused(
        "brokers",
        "expected host:port, several with commas between; a user goes to options.sasl.username, a "
        "password to options.sasl.password_file"));
  }
  if (settings.topic.empty()) {
    return tl::unexpected(options.refused("topic", "missing; expected a topic's name"));
  }
  return settings;
}

void warn_of_small_prefetch(const KafkaSettings& settings, Log& log) {
  struct Limit {
    std::string_view key;
    std::int64_t least;
  };
  constexpr std::array kLimits{Limit{"queued.min.messages", 100'000},
                               Limit{"queued.max.messages.kbytes", 65'536}};
  for (const KafkaOption& option : settings.options) {
    for (const Limit& limit : kLimits) {
      if (option.key != limit.key || number_of(option).value_or(limit.least) >= limit.least)
        continue;
      log.warning("ingest", "kafka: " + option.key + " is " + option.value + ", below " +
                                std::to_string(limit.least) +
                                ": when it is reached, librdkafka may fetch only once a second");
    }
  }
}

}  // namespace gradus
