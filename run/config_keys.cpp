#include "run/config_keys.h"

#include <algorithm>

#include "base/text.h"
#include "run/config_options.h"

namespace gradus {
namespace {

std::string full_key(const ConfigSection& section, std::string_view key) {
  return section.name.empty() ? std::string(key) : section.name + "." + std::string(key);
}

std::string_view section_of(const ConfigKey& key) {
  const std::string_view full = key.key;
  const std::size_t own = key.option.key.size();
  return full.size() == own ? std::string_view() : full.substr(0, full.size() - own - 1);
}

bool is_pattern(const OptionSpec& option) { return option.key.ends_with(".*"); }

/// The keys of a section, those of every learner among them.
std::vector<OptionSpec> options_of(std::string_view name) {
  std::vector<OptionSpec> options;
  for (const ConfigSection& section : config_sections())
    if (section.name == name)
      options.insert(options.end(), section.options.begin(), section.options.end());
  return options;
}

std::vector<std::string_view> names_of(const std::vector<OptionSpec>& options) {
  std::vector<std::string_view> names;
  for (const OptionSpec& option : options)
    if (!is_pattern(option)) names.push_back(option.key);
  return names;
}

bool is_among(const std::vector<OptionSpec>& options, std::string_view key) {
  return std::any_of(options.begin(), options.end(),
                     [&](const OptionSpec& option) { return is_key_of(option, key); });
}

std::string or_dash(std::string_view text) { return std::string(text.empty() ? "-" : text); }

}  // namespace

std::vector<ConfigKey> config_keys() {
  std::vector<ConfigKey> keys;
  for (const ConfigSection& section : config_sections())
    for (const OptionSpec& option : section.options)
      keys.push_back(
          {.key = full_key(section, option.key), .kind = section.kind, .option = option});
  return keys;
}

bool concerns(const ConfigKey& key, const Config& config) {
  if (!key.kind.empty() && key.kind != config.learner) return false;
  const std::string_view section = section_of(key);
  return !section.starts_with("stream.") || section.substr(7) == config.source ||
         section.substr(7) == config.format;
}

std::string keys_meant(std::string_view name) {
  const std::string ending = "." + std::string(name);
  std::string meant;
  for (const ConfigKey& key : config_keys()) {
    if (is_pattern(key.option) || !key.key.ends_with(ending) || meant.ends_with(key.key)) continue;
    meant += (meant.empty() ? "" : " or ") + key.key;
  }
  const std::size_t dot = name.find('.');
  return meant.empty() && dot != std::string_view::npos ? keys_meant(name.substr(dot + 1)) : meant;
}

Result<void> check_places(const Options& section) {
  const std::vector<OptionSpec> options = options_of(section.section());
  const std::vector<std::string_view> names = names_of(options);
  for (const Options::Entry& entry : section.entries()) {
    if (is_among(options, entry.key) || !nearest_name(entry.key, names).empty()) continue;
    const std::string meant = keys_meant(entry.key);
    if (!meant.empty())
      return tl::unexpected(section.refused(entry.key, "unknown key; did you mean " + meant + "?"));
  }
  return {};
}

Result<void> check_keys(const Options& section) {
  const std::vector<OptionSpec> options = options_of(section.section());
  for (const Options::Entry& entry : section.entries()) {
    if (is_among(options, entry.key)) continue;
    const std::string_view nearest = nearest_name(entry.key, names_of(options));
    return tl::unexpected(section.refused(
        entry.key,
        "unknown key" +
            (nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?")));
  }
  return {};
}

std::string config_key_tables() {
  std::string out;
  for (const ConfigSection& section : config_sections()) {
    if (section.options.empty()) continue;
    std::string title = section.name.empty() ? "Top level" : section.name;
    if (!section.kind.empty()) title += " (" + section.kind + ")";
    out += (out.empty() ? "### " : "\n### ") + title +
           "\n\n| key | value | default | meaning |\n|---|---|---|---|\n";
    for (const OptionSpec& option : section.options)
      out += "| `" + full_key(section, option.key) + "` | " + describe_values(option) + " | " +
             or_dash(option.fallback) + " | " + std::string(option.about) + " |\n";
  }
  return out;
}

}  // namespace gradus
