#include "app/commands/arguments.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace gradus {
namespace {

template <typename Number>
std::optional<Number> parse(const std::string& text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

CLI::Validator whole_number(std::uint64_t largest) {
  const std::string expected =
      "a whole number from 0" +
      (largest == UINT64_MAX ? std::string() : " to " + std::to_string(largest));
  // An empty description leaves the help line as it is.
  return {[=](std::string& text) -> std::string {
            const auto value = parse<std::uint64_t>(text);
            if (value && *value <= largest) return {};
            return expected + " is expected, not '" + text + "'";
          },
          std::string()};
}

CLI::Validator number_from_zero() {
  return {[](std::string& text) -> std::string {
            const auto value = parse<double>(text);
            if (value && std::isfinite(*value) && *value >= 0) return {};
            return "a number from 0 is expected, not '" + text + "'";
          },
          std::string()};
}

}  // namespace gradus
