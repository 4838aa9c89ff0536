#include "app/commands/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.h"
#include "app/commands/refusal.h"
#include "base/text.h"
#include "describe/build_info.h"

namespace gradus {
namespace {

bool is_command(std::string_view name) {
  const auto kinds = command_kinds();
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const CommandKind& kind) { return kind.name == name; });
}

int unknown_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CommandKind& kind : command_kinds()) names.push_back(kind.name);
  const std::string_view near = nearest_name(name, names);
  const std::string hint =
      near.empty() ? "see gradus --help" : "did you mean '" + std::string(near) + "'?";
  std::fprintf(stderr, "gradus: unknown command '%s'; %s\n", std::string(name).c_str(),
               hint.c_str());
  return kExitUsage;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app{
      "Gradus shows a model learning while it learns: a stream in, a ladder of skills out.",
      "gradus"};
  app.footer(
      "Example: gradus demo arithmetic --seconds 90\nEach command has --help with an example of "
      "its own.");
  app.set_version_flag("--version", "gradus " + std::string(gradus_version()));
  app.require_subcommand(1);
  std::vector<std::unique_ptr<Command>> commands;
  std::vector<CLI::App*> parsed;
  for (const CommandKind& kind : command_kinds()) {
    CLI::App* sub = app.add_subcommand(std::string(kind.name), std::string(kind.about));
    sub->footer("Example: " + std::string(kind.example));
    commands.push_back(kind.make());
    commands.back()->declare(*sub);
    parsed.push_back(sub);
  }
  if (argc < 2) {
    std::fputs(app.help().c_str(), stderr);
    return kExitUsage;
  }
  // CLI11 would only say that a command is required.
  if (argv[1][0] != '-' && !is_command(argv[1])) return unknown_command(argv[1]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    return app.exit(done);  // --help and --version
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "gradus: %s\n", refusal_words(app, error).c_str());
    return kExitUsage;
  }
  for (std::size_t i = 0; i < parsed.size(); ++i)
    if (parsed[i]->parsed()) return commands[i]->run();
  return kExitUsage;
}

}  // namespace gradus
