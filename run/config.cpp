#include "run/config.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "base/input_file.h"
#include "base/text.h"
#include "base/userinfo.h"
#include "ingest/decoder.h"
#include "ingest/kafka_secrets.h"
#include "ingest/source.h"
#include "ladders/yaml_text.h"
#include "learner/learner.h"
#include "run/config_keys.h"
#include "run/config_options.h"
#include "run/config_paths.h"
#include "run/config_sections.h"
#include "serve/url.h"

namespace gradus {
namespace {

template <typename Kind>
std::vector<std::string_view> names_of(std::span<const Kind> kinds) {
  std::vector<std::string_view> names;
  for (const Kind& kind : kinds) names.push_back(kind.name);
  return names;
}

/// The value that stands in `values` where the chosen name stands among the key's choices.
template <typename T, std::size_t N>
T pick(Options& options, const OptionSpec& key, const std::array<T, N>& values) {
  const std::string chosen = options.choice(key);
  const auto found = std::find(key.choices.begin(), key.choices.end(), chosen);
  return values[static_cast<std::size_t>(found - key.choices.begin())];
}

void read_stream(Options& stream, Config& config) {
  constexpr std::array kOnErrors = {OnError::kFail, OnError::kSkip, OnError::kDeadLetter};
  constexpr std::array kGapPolicies = {GapPolicy::kCount, GapPolicy::kFail};
  config.source = stream.choice("source", config.source, names_of(source_kinds()));
  config.format = stream.choice("format", config.format, names_of(format_kinds()));
  config.ingest.on_error = pick(stream, config_key::kOnError, kOnErrors);
  config.ingest.gap_policy = pick(stream, config_key::kGapPolicy, kGapPolicies);
  config.ingest.max_record_bytes =
      static_cast<std::size_t>(stream.integer(config_key::kMaxRecordBytes));
  config.ingest.max_consecutive_errors =
      static_cast<std::uint64_t>(stream.integer(config_key::kMaxConsecutiveErrors));
}

Result<void> read_learning(Sections& sections, Config& config) {
  constexpr std::array kProfiles = {Profile::kStrict, Profile::kPractical};
  // The maker of the kind reads the other keys later and refuses what it does not know; these two
  // are judged here.
  Options& learner = sections.at("learner");
  Options own("learner");
  for (const Options::Entry& entry : learner.entries())
    if (entry.key == "kind" || entry.key == "seed") own.set(entry.key, entry.value, entry.where);
  config.learner = own.choice("kind", config.learner, names_of(learner_kinds()));
  config.seed = static_cast<std::uint64_t>(own.integer(config_key::kLearnerSeed));
  learner.text("kind", "");
  learner.text("seed", "");
  if (auto done = own.finish(); !done) return done;

  Options& probes = sections.at("probes");
  config.probes_per_doubling = probes.number(config_key::kPerDoubling);
  const double share = probes.number(config_key::kCpuShare);
  if (probes.has("cpu_share")) config.cpu_share = share;

  Options& progress = sections.at("progress");
  config.false_alarms_per_run = progress.number(config_key::kFalseAlarms);
  config.planned_probes = static_cast<unsigned>(progress.integer(config_key::kPlannedProbes));
  config.profile = pick(progress, config_key::kProfile, kProfiles);
  return {};
}

constexpr std::size_t kLongestRunName = 100;

/// A run's name is a label, a part of file names and of Kafka's group names.
bool is_run_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestRunName && is_printable(name) &&
         name.find_first_of("/\"\\") == std::string_view::npos;
}

/// The values that are well formed and yet cannot be used.
Result<void> check_values(const Sections& sections, const Config& config) {
  const Options& root = sections.find("")->second;
  const Options& stream = sections.find("stream")->second;
  if (!is_run_name(config.run))
    return tl::unexpected(root.refused(
        "run",
        "'" + printable(config.run.substr(0, kLongestRunName)) +
            "' must be a name of 1 to 100 bytes of text, such as fraud-eu, without /, \", \\ "
            "and control characters"));
  if (const auto address = parse_address(config.listen); !address)
    return tl::unexpected(
        sections.find("serve")->second.refused("listen", address.error().message));
  if (!stream.has("source")) {
    std::string expected;
    for (const SourceKind& kind : source_kinds())
      expected += (expected.empty() ? "" : ", ") + std::string(kind.name);
    return tl::unexpected(stream.refused("source", "missing; one of " + expected));
  }
  return {};
}

Result<void> check_unused(const Sections& sections, const Config& config) {
  const auto check = [&](std::string_view name, std::string_view chosen) -> Result<void> {
    const auto section = sections.find("stream." + std::string(name));
    if (name == chosen || section == sections.end()) return {};
    return check_keys(section->second);
  };
  for (const SourceKind& kind : source_kinds())
    if (auto known = check(kind.name, config.source); !known) return known;
  for (const FormatKind& kind : format_kinds())
    if (auto known = check(kind.name, config.format); !known) return known;
  return {};
}

void read_operation(Sections& sections, Config& config) {
  constexpr std::array kFormats = {LogFormat::kText, LogFormat::kJson};
  constexpr std::array kLevels = {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning,
                                  LogLevel::kError};
  config.checkpoint_every = sections.at("checkpoint").seconds(config_key::kCheckpointEvery);
  config.listen = sections.at("serve").text(config_key::kListen);
  std::istringstream hosts(sections.at("serve").text(config_key::kHosts));
  for (std::string host; hosts >> host;) config.hosts.push_back(host);
  config.max_series =
      static_cast<std::size_t>(sections.at("metrics").integer(config_key::kMaxSeries));
  config.most_memory = sections.at("limits").bytes(config_key::kMemory);
  config.log_format = pick(sections.at("log"), config_key::kLogFormat, kFormats);
  config.log_level = pick(sections.at("log"), config_key::kLogLevel, kLevels);
}

std::vector<std::pair<std::string, std::string>> stated_keys(const Sections& sections) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [section, options] : sections)
    for (const Options::Entry& entry : options.entries()) {
      const std::string key = section.empty() ? entry.key : section + "." + entry.key;
      out.emplace_back(key, is_secret_key(key) ? "(hidden)" : without_userinfo(entry.value));
    }
  return out;
}

}  // namespace

Result<Config> parse_config(std::string_view yaml, std::string_view name,
                            const std::filesystem::path& folder, const Overrides& overrides) {
  auto read = read_sections(yaml, name, overrides);
  if (!read) return tl::unexpected(read.error());
  Sections& sections = *read;
  for (const auto& [section, options] : sections)
    if (auto placed = check_places(options); !placed) return tl::unexpected(placed.error());
  Config config;
  config.stated = stated_keys(sections);
  if (auto done = resolve_paths(sections, folder, config.notes); !done)
    return tl::unexpected(done.error());
  Options& root = sections.at("");
  config.run = root.text(config_key::kRun);
  config.ladder = root.text(config_key::kLadder);
  config.data = root.text(config_key::kData);

  read_stream(sections.at("stream"), config);
  if (auto done = read_learning(sections, config); !done) return tl::unexpected(done.error());
  read_operation(sections, config);
  for (const std::string_view section :
       {"", "stream", "probes", "progress", "checkpoint", "serve", "metrics", "limits", "log"})
    if (auto done = sections.find(section)->second.finish(); !done)
      return tl::unexpected(done.error());
  if (auto right = check_values(sections, config); !right) return tl::unexpected(right.error());
  // Only the chosen source and format are made; a typo must not hide in the section of another.
  if (auto known = check_unused(sections, config); !known) return tl::unexpected(known.error());

  config.root_options = root;
  config.learner_options = sections.at("learner");
  config.limits_options = sections.at("limits");
  if (const auto source = sections.find("stream." + config.source); source != sections.end())
    config.source_options = source->second;
  if (const auto format = sections.find("stream." + config.format); format != sections.end())
    config.format_options = format->second;
  return config;
}

Result<Config> load_config(const std::filesystem::path& file, const Overrides& overrides) {
  auto text = read_input_file(file, kMostYamlBytes);
  // Whatever kept it from being read, a directory perhaps: the usage was wrong.
  if (!text && text.error().code == ErrorCode::kIo)
    return fail(ErrorCode::kBadConfig, text.error().message);
  if (!text) return tl::unexpected(text.error());
  return parse_config(*text, file.string(), file.parent_path(), overrides);
}

std::string print_config(const Config& config) {
  std::string out;
  for (const auto& [key, value] : config.stated) out += key + ": " + value + "\n";
  std::string defaults;
  for (const ConfigKey& key : config_keys()) {
    const bool stated = std::any_of(config.stated.begin(), config.stated.end(),
                                    [&](const auto& given) { return given.first == key.key; });
    if (!stated && !key.option.fallback.empty() && concerns(key, config))
      defaults += key.key + ": " + std::string(key.option.fallback) + "\n";
  }
  return defaults.empty() ? out : out + "# left out, so by default:\n" + defaults;
}

}  // namespace gradus
