#include "app/commands/arguments.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "ladders/ladder_file.h"
#include "learner/learner.h"
#include "run/config_keys.h"
#include "serve/url.h"

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

constexpr std::string_view kOffered = "offered";

}  // namespace

CLI::Validator whole_number(std::uint64_t largest, std::uint64_t least) {
  const std::string expected =
      "a whole number from " + std::to_string(least) +
      (largest == UINT64_MAX ? std::string() : " to " + std::to_string(largest));
  // An empty description leaves the help line as it is.
  return {[=](std::string& text) -> std::string {
            const auto value = parse<std::uint64_t>(text);
            if (value && *value >= least && *value <= largest) return {};
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

CLI::Validator number_between(double least, double largest) {
  return {[=](std::string& text) -> std::string {
            const auto value = parse<double>(text);
            if (value && *value >= least && *value <= largest) return {};
            std::ostringstream expected;
            expected << "a number from " << least << " to " << largest << " is expected, not '"
                     << text << "'";
            return expected.str();
          },
          std::string()};
}

CLI::Validator server_address() {
  return {[](std::string& text) -> std::string {
            const auto url = server_url(text);
            if (!url) return url.error().message;
            text = *url;
            return {};
          },
          std::string()};
}

CLI::Option* takes_one_of(CLI::Option* option, std::vector<std::string> words) {
  offers(option, words);
  const std::string list = "{" + CLI::detail::join(words, ",") + "}";
  return option->check(CLI::Validator(
      [words = std::move(words)](std::string& text) -> std::string {
        if (std::find(words.begin(), words.end(), text) != words.end()) return {};
        const std::vector<std::string_view> names(words.begin(), words.end());
        const std::string_view near = nearest_name(text, names);
        return "'" + text + "' is not one of " + CLI::detail::join(words, ", ") +
               (near.empty() ? std::string() : "; did you mean " + std::string(near) + "?");
      },
      list));
}

// CLI11 keeps nothing of ours with an option but validators: the words travel as the description of
// one that checks nothing, and that no help shows since it is switched off.
CLI::Option* offers(CLI::Option* option, const std::vector<std::string>& words) {
  return option->check(
      CLI::Validator(CLI::detail::join(words, "\n")).name(std::string(kOffered)).active(false));
}

std::vector<std::string> offered_words(CLI::Option& option) {
  try {
    const CLI::Validator words = option.get_validator(std::string(kOffered))->active(true);
    return CLI::detail::split(words.get_description(), '\n');
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
}

std::vector<std::string> learner_names() {
  std::vector<std::string> names;
  for (const LearnerKind& kind : learner_kinds()) names.emplace_back(kind.name);
  return names;
}

std::vector<std::string> ladder_names() {
  const auto names = builtin_ladders();
  return {names.begin(), names.end()};
}

Error of_option(std::string_view option, const Error& error) {
  if (error.code != ErrorCode::kNotFound) return error;  // it names a place in the file
  return {error.code, std::string(option) + ": " + error.message};
}

void declare_set(CLI::App& app, std::vector<std::string>& set, const std::string& about) {
  std::vector<std::string> keys;
  for (const ConfigKey& key : config_keys())
    if (!key.key.ends_with("*")) keys.push_back(key.key + "=");
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  offers(app.add_option("--set", set, about)
             ->type_name("KEY=VALUE")
             ->take_all()
             ->allow_extra_args(false),
         keys);
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
