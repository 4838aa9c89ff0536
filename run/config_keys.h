#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/option_spec.h"
#include "base/options.h"
#include "base/result.h"
#include "run/config.h"

namespace gradus {

/// A key of the configuration, as docs/configuration.md describes it.
struct ConfigKey {
  std::string key;   ///< in full: "stream.kafka.topic"
  std::string kind;  ///< the learner that reads it; empty if every run with its section does
  OptionSpec option;
};

/// Every key, by section. `stream.kafka.options.*` stands for the properties of librdkafka.
std::vector<ConfigKey> config_keys();

/// Whether this run reads the key: its source, format or learner is the chosen one.
bool concerns(const ConfigKey& key, const Config& config);

/// The keys that a name in the wrong section may stand for, in full, with "or" between them: "path"
/// is "stream.file.path". Empty if no key ends in it.
std::string keys_meant(std::string_view name);

/// Fails on the first misplaced key: its section has no similar key, but another section has one of
/// that name. Errors: kBadConfig with place, key and the right key in full.
Result<void> check_places(const Options& section);

/// Fails on the first unknown key in the section of a source or format that is not selected.
/// Errors: kBadConfig with place, key and the nearest name.
Result<void> check_keys(const Options& section);

/// All keys as Markdown tables, one per section: the middle of docs/configuration.md.
std::string config_key_tables();

}  // namespace gradus
