#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace gradus {

/// One configuration key, declared once, next to the code that reads it. Reading it, refusing its
/// bad values, `gradus list --long`, `gradus check` and docs/configuration.md all come from here.
/// Made by the functions below, as a constant:
///     constexpr OptionSpec kBits = integer_option("bits", 1, 28, "18", "2^bits weights");
///     linear.bits = options.integer(kBits);
/// Threads: constant.
struct OptionSpec {
  enum class Type : std::uint8_t { kText, kChoice, kNumber, kInteger, kFlag, kSeconds, kBytes };

  std::string_view key;  ///< within its section; "options.*" stands for all keys that begin so
  Type type = Type::kText;
  /// The default as a user would write it. Empty if there is none, or if it depends on other keys;
  /// then `about` says what applies.
  std::string_view fallback;
  std::string_view about;                       ///< one sentence
  std::string_view values{};                    ///< what a value is, if the type does not say it
  std::span<const std::string_view> choices{};  ///< kChoice
  double low = 0, high = 0;                     ///< kNumber, kSeconds, kBytes: both are allowed
  std::int64_t least = 0, most = 0;             ///< kInteger: both are allowed
};

inline constexpr std::int64_t kAnyInteger = std::numeric_limits<std::int64_t>::max();

constexpr OptionSpec text_option(std::string_view key, std::string_view values,
                                 std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kText,
          .fallback = fallback,
          .about = about,
          .values = values};
}
/// `choices` must live as long as the program.
constexpr OptionSpec choice_option(std::string_view key, std::span<const std::string_view> choices,
                                   std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kChoice,
          .fallback = fallback,
          .about = about,
          .choices = choices};
}
constexpr OptionSpec number_option(std::string_view key, double low, double high,
                                   std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kNumber,
          .fallback = fallback,
          .about = about,
          .low = low,
          .high = high};
}
constexpr OptionSpec integer_option(std::string_view key, std::int64_t least, std::int64_t most,
                                    std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kInteger,
          .fallback = fallback,
          .about = about,
          .least = least,
          .most = most};
}
constexpr OptionSpec flag_option(std::string_view key, std::string_view fallback,
                                 std::string_view about) {
  return {.key = key, .type = OptionSpec::Type::kFlag, .fallback = fallback, .about = about};
}
constexpr OptionSpec seconds_option(std::string_view key, double low, double high,
                                    std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kSeconds,
          .fallback = fallback,
          .about = about,
          .low = low,
          .high = high};
}
constexpr OptionSpec bytes_option(std::string_view key, double low, double high,
                                  std::string_view fallback, std::string_view about) {
  return {.key = key,
          .type = OptionSpec::Type::kBytes,
          .fallback = fallback,
          .about = about,
          .low = low,
          .high = high};
}

/// Of a kind without keys.
constexpr std::span<const OptionSpec> no_options() { return {}; }

/// Whether `key` is the key of `spec`, or one of those that it stands for.
bool is_key_of(const OptionSpec& spec, std::string_view key);

/// What a value is, for people, with code between backquotes: "1 to 28", "`log` or `none`".
std::string describe_values(const OptionSpec& spec);

}  // namespace gradus
