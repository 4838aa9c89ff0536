#include "base/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/text.h"

namespace gradus {
namespace {

template <typename Number>
std::optional<Number> parse(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Unit {
  std::string_view suffix;
  double size;
};

/// A number with the first unit that it ends with, or with none.
std::optional<double> parse_with_unit(std::string_view text, std::span<const Unit> units) {
  double scale = 1;
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.suffix)) continue;
    text.remove_suffix(unit.suffix.size());
    scale = unit.size;
    break;
  }
  const auto number = parse<double>(text);
  return number ? std::optional(*number * scale) : std::nullopt;
}

/// Seconds from a number and a unit; plain numbers are seconds.
std::optional<double> parse_seconds(std::string_view text) {
  // "ms" stands before "s", which it ends with.
  constexpr std::array kUnits = {Unit{"ms", 1e-3}, Unit{"s", 1}, Unit{"m", 60}, Unit{"h", 3600}};
  return parse_with_unit(text, kUnits);
}

std::optional<double> parse_bytes(std::string_view text) {
  constexpr std::array kUnits = {Unit{"KB", 0x1p10}, Unit{"MB", 0x1p20}, Unit{"GB", 0x1p30},
                                 Unit{"TB", 0x1p40}};
  return parse_with_unit(text, kUnits);
}

/// The shortest text that reads back as the same number.
template <typename Number>
std::string shown(Number value) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), written.ptr};
}

/// " from 0 to 1", " of at least 0", " of at most 1" or nothing, as far as the bounds bind.
template <typename Number>
std::string range(Number low, Number high) {
  using Limits = std::numeric_limits<Number>;
  const bool open_below = low <= Limits::lowest();
  const bool open_above = high >= Limits::max();
  if (open_below && open_above) return {};
  if (open_below) return " of at most " + shown(high);
  if (open_above) return " of at least " + shown(low);
  return " from " + shown(low) + " to " + shown(high);
}

std::string joined(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

std::string did_you_mean(std::string_view nearest) {
  return "did you mean " + std::string(nearest) + "?";
}

}  // namespace

void Options::set(std::string key, std::string value, std::string where) {
  const auto same = std::find_if(entries_.begin(), entries_.end(),
                                 [&](const Entry& entry) { return entry.key == key; });
  if (same == entries_.end()) {
    entries_.push_back(
        {.key = std::move(key), .value = std::move(value), .where = std::move(where)});
  } else {
    same->value = std::move(value);
    same->where = std::move(where);
  }
}

bool Options::has(std::string_view key) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.key == key; });
}

std::string Options::text(std::string_view key, std::string_view fallback) {
  const Entry* entry = find(key);
  std::string value = entry == nullptr ? std::string(fallback) : entry->value;
  note(key, value);
  return value;
}

std::string Options::choice(std::string_view key, std::string_view fallback,
                            std::span<const std::string_view> choices) {
  std::string value = text(key, fallback);
  const Entry* entry = find(key);
  if (entry == nullptr || std::find(choices.begin(), choices.end(), value) != choices.end())
    return value;
  const std::string_view nearest = nearest_name(value, choices);
  std::string expected = "one of " + joined(choices);
  if (!nearest.empty()) expected += "; " + did_you_mean(nearest);
  complain(*entry, expected);
  return std::string(fallback);
}

double Options::number(std::string_view key, double fallback, double low, double high) {
  const Entry* entry = find(key);
  const auto value = entry == nullptr ? std::optional(fallback) : parse<double>(entry->value);
  const bool good =
      value && (entry == nullptr || (std::isfinite(*value) && *value >= low && *value <= high));
  if (entry != nullptr && !good) complain(*entry, "a number" + range(low, high));
  note(key, shown(good ? *value : fallback));
  return good ? *value : fallback;
}

std::int64_t Options::integer(std::string_view key, std::int64_t fallback, std::int64_t low,
                              std::int64_t high) {
  const Entry* entry = find(key);
  const auto value = entry == nullptr ? std::optional(fallback) : parse<std::int64_t>(entry->value);
  const bool good = value && (entry == nullptr || (*value >= low && *value <= high));
  if (entry != nullptr && !good) complain(*entry, "an integer" + range(low, high));
  note(key, shown(good ? *value : fallback));
  return good ? *value : fallback;
}

// A default that cannot be read is a mistake in the program, and the tests of every kind find it.
double Options::number(const OptionSpec& spec) {
  return number(spec, parse<double>(spec.fallback).value_or(spec.low));
}

std::int64_t Options::integer(const OptionSpec& spec) {
  return integer(spec, parse<std::int64_t>(spec.fallback).value_or(spec.least));
}

double Options::seconds(const OptionSpec& spec) {
  return seconds(spec.key, parse_seconds(spec.fallback).value_or(spec.low), spec.low, spec.high);
}

std::uint64_t Options::bytes(const OptionSpec& spec) {
  const double fallback = parse_bytes(spec.fallback).value_or(0);
  return bytes(spec.key, static_cast<std::uint64_t>(fallback), static_cast<std::uint64_t>(spec.low),
               static_cast<std::uint64_t>(spec.high));
}

bool Options::flag(std::string_view key, bool fallback) {
  const std::string value = text(key, fallback ? "true" : "false");
  if (value == "true") return true;
  if (value == "false") return false;
  complain(*find(key), "true or false");
  return fallback;
}

double Options::seconds(std::string_view key, double fallback, double low, double high) {
  const Entry* entry = find(key);
  const auto value = entry == nullptr ? std::optional(fallback) : parse_seconds(entry->value);
  const bool good =
      value && (entry == nullptr || (std::isfinite(*value) && *value >= low && *value <= high));
  if (entry != nullptr && !good) {
    const std::string bounds = range(low, high);
    complain(*entry, "a time such as 500ms, 60s, 5m or 2h" +
                         (bounds.empty() ? std::string() : "," + bounds + " seconds"));
  }
  note(key, shown(good ? *value : fallback));
  return good ? *value : fallback;
}

std::uint64_t Options::bytes(std::string_view key, std::uint64_t fallback, std::uint64_t low,
                             std::uint64_t high) {
  const Entry* entry = find(key);
  const auto value = entry == nullptr ? std::nullopt : parse_bytes(entry->value);
  const bool good =
      value && *value >= static_cast<double>(low) && *value <= static_cast<double>(high);
  if (entry != nullptr && !good)
    complain(*entry, "a size such as 512MB or 2GB," + range(low, high) + " bytes");
  const std::uint64_t given = good ? static_cast<std::uint64_t>(*value) : fallback;
  note(key, shown(given));
  return given;
}

Error Options::refused(std::string_view key, std::string_view why) const {
  Entry entry{.key = std::string(key), .value = {}, .where = where_};
  for (const Entry& given : entries_)
    if (given.key == key) entry.where = given.where;
  return {ErrorCode::kBadConfig, place_of(entry) + ": " + std::string(why)};
}

std::string Options::place_of(const Entry& entry) const {
  // Whoever typed --seed need not know which key it stands for.
  if (entry.where.starts_with("--")) return entry.where;
  const std::string key = (section_.empty() ? "" : section_ + ".") + entry.key;
  return entry.where.empty() ? key : entry.where + ": " + key;
}

Result<void> Options::finish() {
  if (!first_error_) return first_error_;
  const auto unknown = std::find_if(entries_.begin(), entries_.end(),
                                    [](const Entry& entry) { return !entry.used; });
  if (unknown == entries_.end()) return {};
  std::vector<std::string_view> names;
  for (const Asked& asked : asked_) names.push_back(asked.key);
  const std::string_view nearest = nearest_name(unknown->key, names);
  std::string advice = "this section has no keys";
  if (!names.empty()) advice = "known are " + joined(names);
  if (!nearest.empty()) advice = did_you_mean(nearest);
  return fail(ErrorCode::kBadConfig, place_of(*unknown) + ": unknown key; " + advice);
}

Options::Entry* Options::find(std::string_view key) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == entries_.end()) return nullptr;
  found->used = true;
  return &*found;
}

void Options::note(std::string_view key, std::string value) {
  const auto same = std::find_if(asked_.begin(), asked_.end(),
                                 [&](const Asked& asked) { return asked.key == key; });
  if (same == asked_.end()) {
    asked_.push_back({std::string(key), std::move(value)});
  } else {
    same->value = std::move(value);
  }
}

void Options::complain(const Entry& entry, std::string_view expected) {
  if (!first_error_) return;
  first_error_ = fail(ErrorCode::kBadConfig, place_of(entry) + ": \"" + entry.value + "\" is not " +
                                                 std::string(expected));
}

}  // namespace gradus
