#include "app/commands/arguments.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>

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

void state_limits(std::uint64_t examples, double seconds, Config& config) {
  if (examples > 0) config.stated.emplace_back("examples", std::to_string(examples));
  if (seconds > 0) {
    std::ostringstream text;
    text << seconds;
    config.stated.emplace_back("seconds", text.str());
  }
}

Result<void> require_writable(std::string_view option, const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  if (file.empty()) return {};
  const auto refuse = [&](const std::string& why) {
    return fail(ErrorCode::kBadConfig, std::string(option) + " " + file.string() + ": " + why);
  };
  std::error_code ignored;
  // A file is replaced by a new one: that would turn a device or a pipe into a plain file.
  const fs::file_status there = fs::status(file, ignored);
  if (fs::exists(there) && !fs::is_regular_file(there)) return refuse("not a plain file");
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  if (!fs::is_directory(folder, ignored)) return refuse("there is no directory " + folder.string());
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return refuse("cannot write there: " + std::generic_category().message(errno));
  return {};
}

}  // namespace gradus
