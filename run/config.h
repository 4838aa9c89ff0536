#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/options.h"
#include "base/result.h"
#include "ingest/ingest_loop.h"
#include "probes/prober.h"
#include "progress/tracker.h"
#include "run/config_sections.h"

namespace gradus {

/// What one run is: the configuration file after `${ENV}` and overrides, read section by section.
/// The sections that a registry's maker reads (learner, stream.kafka, ...) stay Options until it
/// has read them.
struct Config {
  std::string run = "gradus";
  std::string ladder;  ///< name or path; empty: learn without probes
  std::filesystem::path data = "gradus-data";
  std::string listen = "127.0.0.1:9630";
  std::vector<std::string> hosts;  ///< names under which the server is reached

  std::string source = "kafka";
  std::string format = "json";
  std::uint64_t seed = 1;
  IngestOptions ingest;

  std::string learner = "linear";
  double probes_per_doubling = 40;
  std::optional<double> cpu_share;  ///< of the machine, or of all work; see probe_share
  double false_alarms_per_run = 0.05;
  unsigned planned_probes = 400;
  Profile profile = Profile::kStrict;

  double checkpoint_every = 60;  ///< seconds
  std::size_t max_series = 2000;
  std::uint64_t most_memory = 0;  ///< bytes; 0: a share of the machine's
  LogFormat log_format = LogFormat::kText;
  LogLevel log_level = LogLevel::kInfo;

  Options root_options;  ///< run, ladder and data, for the place of what is wrong with them
  Options learner_options{"learner"};
  Options limits_options{"limits"};  ///< for the place of limits.memory
  Options source_options;
  Options format_options;

  /// What the user should know of how the configuration was read, one line each.
  std::vector<std::string> notes;

  /// Every key that was given, in full ("stream.source"), with its value; secrets hidden.
  std::vector<std::pair<std::string, std::string>> stated;
};

/// Reads a configuration file. Errors: kNotFound, or kBadConfig with file, line, key and what would
/// be right.
Result<Config> load_config(const std::filesystem::path& file, const Overrides& overrides);

/// As load_config, from text; `name` stands for the file in messages, its relative paths start at
/// `folder`.
Result<Config> parse_config(std::string_view yaml, std::string_view name,
                            const std::filesystem::path& folder, const Overrides& overrides);

/// Every key that was given with its value, one a line, secrets hidden.
std::string print_config(const Config& config);

}  // namespace gradus
