#include "app/commands/completion.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "describe/build_info.h"

namespace gradus {
namespace {

constexpr std::array<Shell, 3> kShells = {{
    {"bash", "~/.local/share/bash-completion/completions/gradus", &bash_completion},
    {"fish", "~/.config/fish/completions/gradus.fish", &fish_completion},
    {"zsh", "a folder of $fpath, as _gradus", &zsh_completion},
}};

/// Writes a text to stdout; gives the exit code.
int put_out(const std::string& text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return written ? kExitDone
                 : report_failure({ErrorCode::kIo, "standard output cannot be written"});
}

class CompletionCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    program_ = app.get_parent();
    std::vector<std::string> names;
    std::string footer = "Write it where the shell looks for it:\n";
    for (const Shell& shell : shells()) {
      names.emplace_back(shell.name);
      footer += "  " + std::string(shell.name) + "  " + std::string(shell.file) + "\n";
    }
    takes_one_of(app.add_option("SHELL", shell_, "The shell to write it for")->required(),
                 std::move(names));
    app.footer(footer +
               "\nExample: gradus completion bash "
               ">~/.local/share/bash-completion/completions/gradus");
  }

  int run() override {
    const auto shell = std::find_if(kShells.begin(), kShells.end(),
                                    [&](const Shell& each) { return each.name == shell_; });
    return put_out(shell->script(declared_program(*program_)));
  }

 private:
  CLI::App* program_ = nullptr;
  std::string shell_;
};

class ManCommand final : public Command {
 public:
  void declare(CLI::App& app) override { program_ = app.get_parent(); }
  int run() override { return put_out(man_page(declared_program(*program_), gradus_version())); }

 private:
  CLI::App* program_ = nullptr;
};

}  // namespace

std::span<const Shell> shells() { return kShells; }

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

bool is_beginning(std::string_view word) { return word.ends_with('@') || word.ends_with('='); }

std::unique_ptr<Command> make_completion_command() { return std::make_unique<CompletionCommand>(); }
std::unique_ptr<Command> make_man_command() { return std::make_unique<ManCommand>(); }

}  // namespace gradus
