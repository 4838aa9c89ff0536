#include "app/commands/declared.h"

#include <CLI/CLI.hpp>

#include "app/commands/arguments.h"

namespace gradus {
namespace {

DeclaredOption::Paths paths_of(const std::string& value) {
  if (value == "FILE" || value == "LADDER") return DeclaredOption::Paths::kFiles;
  return value == "DIR" ? DeclaredOption::Paths::kDirectories : DeclaredOption::Paths::kNone;
}

DeclaredOption declared_option(CLI::Option& option) {
  DeclaredOption out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  if (option.get_positional()) out.place = option.get_name(true, false);
  if (option.get_items_expected_max() > 0) {
    // What CLI11 calls its type ends with the words that are allowed: "TEXT:{log,none}".
    out.value = out.place.empty() ? option.get_type_name() : out.place;
    out.value.resize(std::min(out.value.size(), out.value.find(":{")));
    out.paths = paths_of(out.value);
  }
  out.fallback = option.get_default_str();
  out.about = option.get_description();
  out.words = offered_words(option);
  out.required = option.get_required();
  return out;
}

/// The options of a command, those of its nameless groups included.
void collect(CLI::App& app, std::vector<DeclaredOption>& out) {
  const bool group = app.get_name().empty() && app.get_parent() != nullptr;
  for (CLI::Option* option : app.get_options())
    if (!group || option != app.get_help_ptr()) out.push_back(declared_option(*option));
  for (CLI::App* each : app.get_subcommands({}))
    if (each->get_name().empty()) collect(*each, out);
}

DeclaredCommand declared_command(CLI::App& app) {
  DeclaredCommand out{app.get_name(), app.get_description(), app.get_footer(), {}};
  collect(app, out.options);
  return out;
}

}  // namespace

DeclaredProgram declared_program(CLI::App& app) {
  DeclaredProgram out{declared_command(app), {}};
  for (CLI::App* command : app.get_subcommands({}))
    out.commands.push_back(declared_command(*command));
  return out;
}

}  // namespace gradus
