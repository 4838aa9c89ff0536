#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/atomic_file.h"
#include "base/text.h"
#include "run/config.h"
#include "run/validate.h"

namespace gradus {
namespace {

class CheckCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    offers(app.add_option("FILE,--config", file_,
                          "A configuration or a ladder file (YAML), or a built-in ladder's name")
               ->required()
               ->type_name("FILE"),
           ladder_names());
    declare_set(app, set_, "Replace a key of a configuration");
  }

  int run() override {
    const auto what = kind_of_file(file_);
    if (!what) return report_failure(what.error());
    if (*what == FileKind::kLadder) {
      const auto found = validate_ladder(file_);
      if (!found) return report_failure(found.error());
      std::printf("%s", printable_lines(*found).c_str());
      return kExitDone;
    }
    const auto config = validate_config(file_, {set_.begin(), set_.end()});
    if (!config) return report_failure(config.error());
    for (const std::string& note : config->notes) std::printf("# %s\n", printable(note).c_str());
    std::printf("%s# %s is valid\n", printable_lines(print_config(*config)).c_str(),
                printable(file_).c_str());
    return kExitDone;
  }

 private:
  std::string file_;
  std::vector<std::string> set_;
};

}  // namespace

std::unique_ptr<Command> make_check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace gradus
