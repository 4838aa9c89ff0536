#include "ladders/yaml_section.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "ladders/yaml_text.h"

namespace gradus {
namespace {

/// The text with control characters as blanks, so that no message and no title breaks its line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return text;
}

/// What stands for a node in messages.
std::string shown(const YAML::Node& node) {
  if (node.IsSequence()) return "[...]";
  return node.IsMap() ? "{...}" : one_line(node.Scalar());
}

}  // namespace

YamlSection::YamlSection(std::string name, std::string_view where)
    : name_(std::move(name)), where_(where), options_(name_) {}

Result<void> YamlSection::read(const YAML::Node& node) {
  place_ = yaml_place(where_, node.Mark());
  if (!node.IsMap()) return wrong("", "must be a mapping of keys to values");
  for (const auto& entry : node) {
    const std::string key = shown(entry.first);
    const bool again = options_.has(key);
    options_.set(key, shown(entry.second), yaml_place(where_, entry.first.Mark()));
    if (again) return wrong(key, "given twice");
    if (!entry.second.IsScalar() && !entry.second.IsNull()) {
      nested_.push_back({.key = key, .node = entry.second});
    }
  }
  return {};
}

YAML::Node YamlSection::nested(std::string_view key) {
  options_.text(key, "");  // a known key from now on
  for (Nested& nested : nested_) {
    if (nested.key != key) continue;
    nested.asked_for = true;
    return nested.node;
  }
  if (options_.has(key)) not_nested_.emplace_back(key);
  return YAML::Node(YAML::NodeType::Undefined);
}

Result<void> YamlSection::finish(std::initializer_list<std::string_view> required) {
  if (auto done = options_.finish(); !done) return done;
  for (const Nested& nested : nested_) {
    if (!nested.asked_for) return wrong(nested.key, "must be a single value");
  }
  if (!not_nested_.empty()) return wrong(not_nested_[0], "must be a list or a mapping");
  for (const std::string_view key : required) {
    if (!options_.has(key)) return wrong(key, "missing");
  }
  return {};
}

tl::unexpected<Error> YamlSection::wrong(std::string_view key, std::string_view what) const {
  std::string at = place_;
  for (const Options::Entry& entry : options_.entries()) {
    if (entry.key == key) at = entry.where;
  }
  std::string subject = name_;
  if (!name_.empty() && !key.empty()) subject += ".";
  subject += key;
  if (!subject.empty()) subject += ": ";
  return fail(ErrorCode::kBadConfig, at + ": " + subject + std::string(what));
}

}  // namespace gradus
