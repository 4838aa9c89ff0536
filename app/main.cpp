#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "app/build_info.h"
#include "app/commands/command.h"

namespace {

int parse_and_run(int argc, char** argv) {
  CLI::App app{
      "Gradus shows a model learning while it learns: a stream in, a ladder of skills out.",
      "gradus"};
  app.footer(
      "Example: gradus demo arithmetic --seconds 90\nEach command has --help with an example of "
      "its own.");
  app.set_version_flag("--version", "gradus " + std::string(gradus::gradus_version()));
  app.require_subcommand(1);
  std::vector<std::unique_ptr<gradus::Command>> commands;
  std::vector<CLI::App*> parsed;
  for (const gradus::CommandKind& kind : gradus::command_kinds()) {
    CLI::App* sub = app.add_subcommand(std::string(kind.name), std::string(kind.about));
    sub->footer("Example: " + std::string(kind.example));
    commands.push_back(kind.make());
    commands.back()->declare(*sub);
    parsed.push_back(sub);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    return app.exit(done);  // --help and --version
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "gradus: %s (see gradus --help)\n", error.what());
    return gradus::kExitUsage;
  }
  for (std::size_t i = 0; i < parsed.size(); ++i)
    if (parsed[i]->parsed()) return commands[i]->run();
  return gradus::kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gradus: %s\n", error.what());
    return gradus::kExitFailed;
  }
}
