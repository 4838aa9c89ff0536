#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace CLI {
class App;
}

namespace gradus {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitPositionGone = 3;

/// Prints the error as one line on stderr, passwords in addresses hidden and
/// the middle of a long one left out, and gives the exit code
/// that it calls for.
int report_failure(const Error& error);

/// One command of the program: its options are declared on `app`, and `run` is called once they are
/// parsed.
class Command {
 public:
  virtual ~Command() = default;
  virtual void declare(CLI::App& app) = 0;
  /// Gives the exit code; has printed one line where it is not 0.
  virtual int run() = 0;
};

/// A command by name, for the table in registry.cpp.
struct CommandKind {
  std::string_view name;
  std::string_view about;
  std::string_view example;
  std::unique_ptr<Command> (*make)();
};

std::unique_ptr<Command> make_annotate_command();
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_completion_command();
std::unique_ptr<Command> make_demo_command();
std::unique_ptr<Command> make_healthcheck_command();
std::unique_ptr<Command> make_help_command();
std::unique_ptr<Command> make_judge_command();
std::unique_ptr<Command> make_list_command();
std::unique_ptr<Command> make_man_command();
std::unique_ptr<Command> make_plan_command();
std::unique_ptr<Command> make_produce_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_run_command();
std::unique_ptr<Command> make_version_command();
std::unique_ptr<Command> make_watch_command();

/// All commands, sorted by name.
std::span<const CommandKind> command_kinds();

}  // namespace gradus
