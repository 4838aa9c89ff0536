#include "app/commands/refusal.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace gradus {
namespace {

/// The text behind `mark` where there is one.
std::optional<std::string> behind(const std::string& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return std::nullopt;
  return text.substr(at + mark.size());
}

const CLI::Option* option_named(const CLI::App& command, const std::string& name) {
  for (const CLI::Option* option : command.get_options())
    if (option->check_name(name)) return option;
  return nullptr;
}

/// Of an option whose value CLI11 could not read: "Could not convert: --rate = x".
std::string unreadable(const CLI::App& command, const std::string& given) {
  const std::string name = given.substr(0, given.find(" = "));
  const CLI::Option* option = option_named(command, name);
  if (option != nullptr && option->get_items_expected_max() == 0) return name + ": takes no value";
  return name + ": a number is expected, not '" + behind(given, " = ").value_or("") + "'";
}

std::string missing(const CLI::App& command, const std::string& words, const std::string& name) {
  if (const auto choice = behind(words, "Exactly 1 option from [")) {
    const std::string list = choice->substr(0, choice->find(']'));
    return "one of " + CLI::detail::join(CLI::detail::split(list, ','), " and ") + " is expected";
  }
  if (const auto rest = command.remaining(true); !rest.empty())
    return "unknown option " + rest.front();
  // A value that has a place as well as an option is asked for by its place.
  const CLI::Option* option = option_named(command, name);
  return (option != nullptr && option->get_positional() ? option->get_name(true, false) : name) +
         " is missing";
}

/// CLI11's own words in Gradus' form, "OPTION: what is wrong".
std::string reworded(const CLI::App& command, const CLI::ParseError& error) {
  const std::string words = error.what(), kind = error.get_name();
  const std::string option = words.substr(0, words.find_first_of(" :"));
  if (kind == "ArgumentMismatch") {
    if (words.ends_with(" missing")) return option + ": a value is missing";
    if (const auto rest = behind(words, " arguments to "))
      return rest->substr(0, rest->find(',')) + ": given more than once";
    if (words.find(" required but received ") != std::string::npos)
      return option + ": given more than once";
  }
  if (const auto given = behind(words, "Could not convert: ")) return unreadable(command, *given);
  if (const auto rest = behind(words, "not expected: "))
    return (rest->starts_with('-') ? "unknown option " : "unexpected argument ") + *rest;
  if (const auto other = behind(words, " excludes ")) return option + " does not go with " + *other;
  if (const auto other = behind(words, " requires ")) return option + " needs " + *other;
  if (kind == "RequiredError") return missing(command, words, option);
  return words;
}

/// "; did you mean '--seconds'?" for the first option that the command does not have.
std::string option_meant(const CLI::App& command) {
  std::vector<std::string> options;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  const std::vector<std::string_view> known(options.begin(), options.end());
  for (const std::string& unknown : command.remaining(true)) {
    const std::string_view near = nearest_name(unknown.substr(0, unknown.find('=')), known);
    if (unknown.starts_with("--") && !near.empty())
      return "; did you mean '" + std::string(near) + "'?";
  }
  return {};
}

}  // namespace

std::string refusal_words(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  if (const auto given = app.get_subcommands(); !given.empty()) command = given.front();
  const std::string of_command = command == &app ? "" : command->get_name() + " ";
  return reworded(*command, error) + option_meant(*command) + " (see gradus " + of_command +
         "--help)";
}

}  // namespace gradus
