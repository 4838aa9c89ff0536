#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdio>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "run/execute.h"
#include "terminal/terminal.h"

namespace gradus {
namespace {

class RunCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("FILE,--config", config_, "Configuration file (YAML), with or without --config")
        ->required()
        ->type_name("FILE");
    declare_set(app, set_, "Replace a key of the file, e.g. --set learner.bits=20");
    app.add_flag("--until-end", until_end_, "Stop at the end of the stream");
    app.add_flag("--fresh", fresh_, "Refuse to go on from a checkpoint");
    app.add_option("--examples", examples_, "Stop after so many examples")
        ->type_name("N")
        ->check(whole_number());
    app.add_option("--seconds", seconds_, "Stop after so many seconds of learning")
        ->type_name("S")
        ->check(number_from_zero());
    app.add_option("--listen", listen_, "Address of /metrics and the API; port 0 takes a free one")
        ->type_name("HOST:PORT");
    app.add_option("--summary", summary_, "Write the summary as JSON to a file")->type_name("FILE");
  }

  int run() override {
    Overrides overrides(set_.begin(), set_.end());
    if (!listen_.empty()) overrides.emplace_back("serve.listen", listen_, "--listen");
    if (auto writable = require_writable("--summary", summary_); !writable)
      return report_failure(writable.error());
    auto config = load_config(config_, overrides);
    if (!config) return report_failure(config.error());
    SystemClock clock;
    Log log(config->log_format, config->log_level, clock);
    for (const std::string& note : config->notes) log.warning("app", note);
    RunRequest request;
    request.config = *config;
    request.max_examples = examples_;
    request.until_end = until_end_;
    request.fresh = fresh_;
    state_limits(examples_, seconds_, request.config);
    if (until_end_) request.config.stated.emplace_back("until_end", "true");
    auto parts = assemble(std::move(request), clock, log);
    if (!parts) return report_failure(parts.error());
    if ((*parts)->resumed)
      log.info("app",
               "going on from the checkpoint at step " + std::to_string((*parts)->resumed_step()));
    ExecuteOptions options;
    // stdout belongs to the summary: what is only to be looked at goes to stderr.
    options.screen = stderr;
    if (terminal_size(STDERR_FILENO)) options.shown = shown_on(stderr);
    if (options.shown == Shown::kFullScreen && !(*parts)->ladder)
      options.shown = Shown::kProgressLine;
    options.max_seconds = seconds_;
    options.summary = summary_;
    const auto outcome = execute(**parts, options, clock, log);
    if (!outcome) return report_failure(outcome.error());
    std::printf("%s\n", outcome->json.c_str());
    return outcome->kept ? kExitDone : report_failure(outcome->kept.error());
  }

 private:
  std::string config_, listen_, summary_;
  std::vector<std::string> set_;
  bool until_end_ = false, fresh_ = false;
  Step examples_ = 0;
  double seconds_ = 0;
};

}  // namespace

std::unique_ptr<Command> make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace gradus
