#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "describe/build_info.h"

namespace gradus {
namespace {

class HelpCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    program_ = app.get_parent();
    std::vector<std::string> names;
    for (const CommandKind& kind : command_kinds()) names.emplace_back(kind.name);
    takes_one_of(app.add_option("COMMAND", command_, "The command; the whole program if left out"),
                 std::move(names));
  }

  int run() override {
    const CLI::App* of = command_.empty() ? program_ : program_->get_subcommand(command_);
    const std::string name = command_.empty() ? "gradus" : "gradus " + command_;
    // App::help would give that of the command that was parsed: this one.
    std::fputs(of->get_formatter()->make_help(of, name, CLI::AppFormatMode::Normal).c_str(),
               stdout);
    return kExitDone;
  }

 private:
  CLI::App* program_ = nullptr;
  std::string command_;
};

class VersionCommand final : public Command {
 public:
  void declare(CLI::App&) override {}
  int run() override {
    std::printf("gradus %s\n", std::string(gradus_version()).c_str());
    return kExitDone;
  }
};

}  // namespace

std::unique_ptr<Command> make_help_command() { return std::make_unique<HelpCommand>(); }
std::unique_ptr<Command> make_version_command() { return std::make_unique<VersionCommand>(); }

}  // namespace gradus
