#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/option_spec.h"
#include "base/result.h"

namespace gradus {

/// One section of a configuration as text: keys with values and the places they come from: a line
/// of a file ("gradus.yaml:12"), or what was typed on the command line ("--seed", "--set
/// learner.bits"). A room reads what it knows, then calls `finish`, which refuses every key
/// that nobody asked for.
/// Errors: kBadConfig with place, key, value and what would be right; getters then return their
/// fallback, and `finish` reports the first.
/// Threads: owned by the thread that parses.
class Options {
 public:
  /// `section` is the dotted path of these keys, e.g. "learner"; shown in messages.
  explicit Options(std::string section = {}) : section_(std::move(section)) {}

  /// Where the section itself stands: the place of keys that are missing.
  void stands_at(std::string where) { where_ = std::move(where); }
  /// Adds a key; a key added again replaces the earlier one (that is how --set works).
  void set(std::string key, std::string value, std::string where);

  bool has(std::string_view key) const;
  /// The value of a declared key, or its default. A key whose default depends on others is read
  /// with the overloads below. The spec's type must be the one that the function's name says.
  std::string text(const OptionSpec& spec) { return text(spec.key, spec.fallback); }
  std::string choice(const OptionSpec& spec) { return choice(spec, spec.fallback); }
  double number(const OptionSpec& spec);
  std::int64_t integer(const OptionSpec& spec);
  bool flag(const OptionSpec& spec) { return flag(spec.key, spec.fallback == "true"); }
  double seconds(const OptionSpec& spec);
  std::uint64_t bytes(const OptionSpec& spec);

  std::string text(const OptionSpec& spec, std::string_view fallback) {
    return text(spec.key, fallback);
  }
  std::string choice(const OptionSpec& spec, std::string_view fallback) {
    return choice(spec.key, fallback, spec.choices);
  }
  double number(const OptionSpec& spec, double fallback) {
    return number(spec.key, fallback, spec.low, spec.high);
  }
  std::int64_t integer(const OptionSpec& spec, std::int64_t fallback) {
    return integer(spec.key, fallback, spec.least, spec.most);
  }

  std::string text(std::string_view key, std::string_view fallback);
  /// As text, but the value must be one of `choices`.
  std::string choice(std::string_view key, std::string_view fallback,
                     std::span<const std::string_view> choices);
  /// A finite number in [low, high].
  double number(std::string_view key, double fallback, double low, double high);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t low,
                       std::int64_t high);
  bool flag(std::string_view key, bool fallback);
  /// Seconds, from "500ms", "60s", "5m", "2h" or a plain number of seconds.
  double seconds(std::string_view key, double fallback, double low, double high);
  /// Bytes, from "512MB", "2GB" (in steps of 1,024) or a plain number of bytes.
  std::uint64_t bytes(std::string_view key, std::uint64_t fallback, std::uint64_t low,
                      std::uint64_t high);

  /// The first error met: a bad value, or a key never asked for (with the nearest known name).
  Result<void> finish();

  /// What a reader says of a key whose value it cannot use, or that must be there: place, key, why.
  Error refused(std::string_view key, std::string_view why) const;

  /// Every key asked for so far with the value that was given out, in the order asked: numbers in
  /// their shortest form, so that 0.5 and .50 are the same.
  struct Asked {
    std::string key, value;
  };
  const std::vector<Asked>& asked() const { return asked_; }

  /// Every key and value in the order given; for fingerprints and for printing.
  struct Entry {
    std::string key, value, where;
    bool used = false;
  };
  const std::vector<Entry>& entries() const { return entries_; }
  const std::string& section() const { return section_; }
  /// How a message names the entry: "gradus.yaml:12: learner.bits", or the option that was typed.
  std::string place_of(const Entry& entry) const;

 private:
  Entry* find(std::string_view key);
  void note(std::string_view key, std::string value);
  void complain(const Entry& entry, std::string_view expected);

  std::string section_;
  std::string where_;
  std::vector<Entry> entries_;
  std::vector<Asked> asked_;
  Result<void> first_error_;
};

}  // namespace gradus
