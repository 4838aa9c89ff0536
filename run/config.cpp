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

template <typename T, std::size_t N>
T pick(Options& options, std::string_view key, T fallback,
       const std::array<std::pair<std::string_view, T>, N>& table) {
  std::array<std::string_view, N> names;
  std::string_view fallback_name;
  for (std::size_t i = 0; i < N; ++i) {
    names[i] = table[i].first;
    if (table[i].second == fallback) fallback_name = table[i].first;
  }
  const std::string chosen = options.choice(key, fallback_name, names);
  for (const auto& [name, value] : table)
    if (name == chosen) return value;
  return fallback;
}

void read_stream(Options& stream, Config& config) {
  constexpr std::array<std::pair<std::string_view, OnError>, 3> kOnError = {
      {{"fail", OnError::kFail}, {"skip", OnError::kSkip}, {"dead_letter", OnError::kDeadLetter}}};
  constexpr std::array<std::pair<std::string_view, GapPolicy>, 2> kGap = {
      {{"count", GapPolicy::kCount}, {"fail", GapPolicy::kFail}}};
  config.source = stream.choice("source", config.source, names_of(source_kinds()));
  config.format = stream.choice("format", config.format, names_of(format_kinds()));
  config.ingest.on_error = pick(stream, "on_error", config.ingest.on_error, kOnError);
  config.ingest.gap_policy = pick(stream, "gap_policy", config.ingest.gap_policy, kGap);
  config.ingest.max_record_bytes =
      static_cast<std::size_t>(stream.integer("max_record_bytes", 1 << 20, 16, 64 << 20));
  config.ingest.max_consecutive_errors =
      static_cast<std::uint64_t>(stream.integer("max_consecutive_errors", 1000, 1, 1'000'000'000));
}

Result<void> read_learning(Sections& sections, Config& config) {
  constexpr std::array<std::pair<std::string_view, Profile>, 2> kProfiles = {
      {{"strict", Profile::kStrict}, {"practical", Profile::kPractical}}};
  // The maker of the kind reads the other keys later and refuses what it does not know; these two
  // are judged here.
  Options& learner = sections.at("learner");
  Options own("learner");
  for (const Options::Entry& entry : learner.entries())
    if (entry.key == "kind" || entry.key == "seed") own.set(entry.key, entry.value, entry.where);
  config.learner = own.choice("kind", config.learner, names_of(learner_kinds()));
  config.seed = static_cast<std::uint64_t>(own.integer("seed", 1, 0, std::int64_t{1} << 62));
  learner.text("kind", "");
  learner.text("seed", "");
  if (auto done = own.finish(); !done) return done;

  Options& probes = sections.at("probes");
  config.probes_per_doubling = probes.number("per_doubling", config.probes_per_doubling, 1, 1000);
  const double share = probes.number("cpu_share", 1, 0.0001, 1);
  if (probes.has("cpu_share")) config.cpu_share = share;

  Options& progress = sections.at("progress");
  config.false_alarms_per_run =
      progress.number("false_alarms_per_run", config.false_alarms_per_run, 1e-9, 0.5);
  config.planned_probes = static_cast<unsigned>(
      progress.integer("planned_probes", config.planned_probes, 20, 1'000'000));
  config.profile = pick(progress, "profile", config.profile, kProfiles);
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
  constexpr std::array<std::pair<std::string_view, LogFormat>, 2> kFormats = {
      {{"text", LogFormat::kText}, {"json", LogFormat::kJson}}};
  constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLevels = {
      {{"debug", LogLevel::kDebug},
       {"info", LogLevel::kInfo},
       {"warning", LogLevel::kWarning},
       {"error", LogLevel::kError}}};
  config.checkpoint_every =
      sections.at("checkpoint").seconds("every", config.checkpoint_every, 0.01, 86400);
  config.listen = sections.at("serve").text("listen", config.listen);
  std::istringstream hosts(sections.at("serve").text("hosts", ""));
  for (std::string host; hosts >> host;) config.hosts.push_back(host);
  config.max_series =
      static_cast<std::size_t>(sections.at("metrics").integer("max_series", 2000, 100, 1'000'000));
  config.most_memory = sections.at("limits").bytes("memory", 0, 1, std::uint64_t{1} << 60);
  config.log_format = pick(sections.at("log"), "format", config.log_format, kFormats);
  config.log_level = pick(sections.at("log"), "level", config.log_level, kLevels);
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
  config.run = root.text("run", config.run);
  config.ladder = root.text("ladder", "");
  config.data = root.text("data", config.data.string());

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
    if (!stated && !key.fallback.empty() && concerns(key, config))
      defaults += std::string(key.key) + ": " + std::string(key.fallback) + "\n";
  }
  return defaults.empty() ? out : out + "# left out, so by default:\n" + defaults;
}

}  // namespace gradus
