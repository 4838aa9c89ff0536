#pragma once

#include <yaml-cpp/node/node.h>

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/options.h"
#include "base/result.h"

namespace gradus {

/// One mapping of a YAML file: its single values as Options, its lists and mappings by key. Ask for
/// all known keys, then call `finish`. Private to the parser of ladder files.
/// Errors: kBadConfig with file, line, key and what would be right.
/// Threads: owned by the one that parses.
class YamlSection {
 public:
  /// `name` stands before the keys in messages, empty for the whole file; `where` names the file
  /// and must outlive this.
  YamlSection(std::string name, std::string_view where);

  /// Takes the keys over; fails unless `node` is a mapping without repeated keys.
  Result<void> read(const YAML::Node& node);

  Options& options() { return options_; }
  /// The list or mapping under `key`; an undefined node where there is none.
  YAML::Node nested(std::string_view key);
  bool has(std::string_view key) const { return options_.has(key); }

  /// The first thing wrong: a bad value, an unknown key, a list where a value should be or the
  /// other way round, a required key that is missing.
  Result<void> finish(std::initializer_list<std::string_view> required);

  /// A failure about `key`, or about the whole section where `key` is empty; it names the line of
  /// the key where it is given.
  tl::unexpected<Error> wrong(std::string_view key, std::string_view what) const;

 private:
  std::string name_;
  std::string_view where_;
  std::string place_;
  Options options_;
  struct Nested {
    std::string key;
    YAML::Node node;  // to assign a Node changes what it refers to: these are never moved
    bool asked_for = false;
  };
  std::deque<Nested> nested_;
  std::vector<std::string> not_nested_;  ///< keys asked for as nested that are single values
};

}  // namespace gradus
