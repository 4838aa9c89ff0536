#include "run/config_sections.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "base/text.h"
#include "ladders/yaml_text.h"
#include "run/config_keys.h"
#include "run/config_options.h"

namespace gradus {
namespace {

constexpr std::size_t kMostValues = 10'000;

/// The section with the longest path that `key` lies below; the order of `sections` is free.
std::string section_of(std::string_view key, const Sections& sections) {
  std::string best;
  for (const auto& [section, options] : sections) {
    const bool inside = section.empty() || (key.size() > section.size() &&
                                            key.starts_with(section) && key[section.size()] == '.');
    if (inside && section.size() >= best.size()) best = section;
  }
  return best;
}

/// The names that may stand at the top level: its keys and the sections, sorted.
std::vector<std::string> top_level_names() {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) names.push_back(key.key.substr(0, key.key.find('.')));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Result<std::string> expand(const std::string& value, const std::string& place) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = value.find("${"); at != std::string::npos; at = value.find("${", from)) {
    const std::size_t end = value.find('}', at);
    if (end == std::string::npos) return fail(ErrorCode::kBadConfig, place + ": '${' without '}'");
    const std::string name = value.substr(at + 2, end - at - 2);
    const char* found = std::getenv(name.c_str());
    if (found == nullptr)
      return fail(ErrorCode::kBadConfig, place + ": the environment has no variable " + name);
    out.append(value, from, at - from).append(found);
    from = end + 1;
  }
  return out.append(value, from);
}

/// The key that a section is mostly there for: the first of its keys.
std::string first_key(const std::string& section) {
  for (const ConfigKey& key : config_keys())
    if (key.key.starts_with(section + ".")) return key.key;
  return section;
}

Result<void> check_top_level(const std::string& key, const std::string& place) {
  const std::string top = key.substr(0, key.find('.'));
  const std::vector<std::string> names = top_level_names();
  if (std::find(names.begin(), names.end(), top) != names.end()) return {};
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view near = nearest_name(top, views);
  const std::string meant = near.empty() ? keys_meant(key) : std::string(near);
  std::string known;
  for (const std::string& each : names) known += (known.empty() ? "" : ", ") + each;
  return fail(ErrorCode::kBadConfig,
              place + ": unknown key; " +
                  (meant.empty() ? "known are " + known : "did you mean " + meant + "?"));
}

Result<void> add(Sections& sections, const std::string& key, const std::string& value,
                 const std::string& where) {
  const std::string place = Options().place_of({.key = key, .value = value, .where = where});
  if (auto known = check_top_level(key, place); !known) return known;
  // A section written as a plain value ("learner: linear") would otherwise be reported as an
  // unknown key.
  if (sections.contains(key))
    return fail(ErrorCode::kBadConfig,
                place + ": a section has keys, not a value; did you mean " + first_key(key) + "?");
  auto expanded = expand(value, place);
  if (!expanded) return tl::unexpected(expanded.error());
  const std::string section = section_of(key, sections);
  sections.at(section).set(section.empty() ? key : key.substr(section.size() + 1),
                           std::move(*expanded), where);
  return {};
}

/// Lists become one value with commas: `interactions: [ab, bc]` is "ab,bc".
Result<std::string> scalar_of(const YAML::Node& node, const std::string& key,
                              const std::string& where) {
  if (node.IsNull()) return std::string();
  if (node.IsScalar()) return node.Scalar();
  std::string joined;
  for (const YAML::Node& element : node) {
    if (!element.IsScalar())
      return fail(ErrorCode::kBadConfig,
                  where + ": " + key + ": a list of plain values is expected");
    joined += (joined.empty() ? "" : ",") + element.Scalar();
  }
  return joined;
}

Result<void> flatten(const YAML::Node& node, const std::string& prefix, std::string_view name,
                     Sections& sections) {
  std::map<std::string, int> lines;  // yaml-cpp keeps a key that is given twice, twice
  for (const auto& pair : node) {
    const std::string key =
        prefix.empty() ? pair.first.Scalar() : prefix + "." + pair.first.Scalar();
    const std::string where = yaml_place(name, pair.first.Mark());
    const auto [first, fresh] = lines.try_emplace(key, pair.first.Mark().line + 1);
    if (!fresh)
      return fail(ErrorCode::kBadConfig, where + ": " + key + ": given twice, first in line " +
                                             std::to_string(first->second));
    if (pair.second.IsMap()) {
      // An empty one is added nowhere below.
      auto known =
          pair.second.size() == 0 ? check_top_level(key, where + ": " + key) : Result<void>();
      if (!known) return known;
      if (const auto section = sections.find(key); section != sections.end())
        section->second.stands_at(where);
      if (auto done = flatten(pair.second, key, name, sections); !done) return done;
      continue;
    }
    auto value = scalar_of(pair.second, key, where);
    if (!value) return tl::unexpected(value.error());
    if (auto done = add(sections, key, *value, where); !done) return done;
  }
  return {};
}

}  // namespace

Result<Sections> read_sections(std::string_view yaml, std::string_view name,
                               const Overrides& overrides) {
  Sections sections;
  for (const ConfigSection& section : config_sections())
    sections.try_emplace(section.name, section.name).first->second.stands_at(std::string(name));
  const auto root = parse_yaml(yaml, name, kMostValues);
  if (!root) return tl::unexpected(root.error());
  if (!root->IsNull() && !root->IsMap())
    return fail(ErrorCode::kBadConfig,
                std::string(name) + ": a configuration is a map of keys, such as 'run: my-run'");
  try {
    if (auto done = flatten(*root, "", name, sections); !done) return tl::unexpected(done.error());
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::kBadConfig, yaml_place(name, error.mark) + ": " + error.msg);
  }
  for (const Override& each : overrides) {
    const std::size_t equals = each.text.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorCode::kBadConfig,
                  each.option + " " + each.text + ": KEY=VALUE is expected, e.g. learner.bits=20");
    const std::string key = each.text.substr(0, equals);
    const std::string typed = each.option == "--set" ? "--set " + key : each.option;
    if (auto done = add(sections, key, each.text.substr(equals + 1), typed); !done)
      return tl::unexpected(done.error());
  }
  return sections;
}

}  // namespace gradus
