#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/options.h"
#include "base/result.h"
#include "run/config.h"

namespace gradus {

/// A key of the configuration as docs/configuration.md tells it.
struct ConfigKey {
  std::string_view key;       ///< in full: "stream.kafka.topic"
  std::string_view kind;      ///< the learner that has it; empty where it hangs on its section only
  std::string_view type;      ///< what is a value, for people
  std::string_view fallback;  ///< what holds where it is left out; empty: nothing
  std::string_view about;
};

/// Every key, by section. Those below stream.kafka.options are librdkafka's own and not listed.
std::span<const ConfigKey> config_keys();

/// Whether the key is read by this run: its source, format or learner is the chosen one.
bool concerns(const ConfigKey& key, const Config& config);

/// The keys that a name given elsewhere may have meant, in full and with "or" between them: "path"
/// is "stream.file.path". Empty where no key ends in it.
std::string keys_meant(std::string_view name);

/// Refuses the first key that its own section has nothing near to, and another section has.
/// Errors: kBadConfig with place, key and the right key in full.
Result<void> check_places(const Options& section);

/// Refuses the first key of a section that there is not, for a section that nobody reads. Errors:
/// kBadConfig with place, key and the nearest name.
Result<void> check_keys(const Options& section);

/// The keys as tables of Markdown, one a section: the middle of docs/configuration.md.
std::string config_key_tables();

}  // namespace gradus
