#include <CLI/CLI.hpp>

#include <cstdio>
#include <optional>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "app/execute.h"
#include "app/fault.h"
#include "app/temporary_folder.h"
#include "app/topic_feeder.h"
#include "ladders/ladder_file.h"

namespace gradus {
namespace {

class DemoCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("LADDER", ladder_, "Built-in ladder, or a ladder file with a generator")
        ->capture_default_str();
    app.add_option("--seconds", seconds_, "Stop after so many seconds of learning")
        ->type_name("S")
        ->check(number_from_zero());
    app.add_option("--examples", examples_, "Stop after so many examples")
        ->type_name("N")
        ->check(whole_number());
    app.add_option("--seed", seed_, "Seed of the stream and of the learner")
        ->type_name("S")
        ->check(whole_number(kLargestSeed))
        ->capture_default_str();
    app.add_option("--listen", listen_,
                   "Address of the page, /metrics and the API; port 0 takes a free one")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    app.add_option("--data", data_, "Keep history and checkpoints here, and go on from them")
        ->type_name("DIR");
    app.add_option("--learner", learner_, "Kind of learner (see gradus list learners)")
        ->type_name("KIND")
        ->capture_default_str();
    app.add_option(
           "--pace", pace_,
           "log: each doubling takes about 3 s, so that early skills can be seen; none: full speed")
        ->check(CLI::IsMember({"log", "none"}))
        ->capture_default_str();
    app.add_option("--fault", fault_,
                   "Break something from an example on: diverge, forget, shuffle, silence or stall")
        ->type_name("KIND@STEP");
    app.add_option("--brokers", brokers_, "Go through a topic of this Kafka instead of memory")
        ->type_name("HOST:PORT");
    app.add_option("--summary", summary_, "Write the summary as JSON to a file")->type_name("FILE");
    app.add_option("--set", overrides_, "Set a configuration key, e.g. --set probes.cpu_share=0.1")
        ->type_name("KEY=VALUE")
        ->take_all()
        ->allow_extra_args(false);
  }

  int run() override {
    std::optional<TemporaryFolder> temporary;
    if (data_.empty()) {
      auto made = TemporaryFolder::make();
      if (!made) return report_failure(made.error());
      temporary.emplace(std::move(*made));
    }
    auto request = make_request(temporary ? temporary->path().string() : data_);
    if (!request) return report_failure(request.error());
    SystemClock clock;
    // A demo's screen belongs to the table: only what needs attention is logged.
    Log log(request->config.log_format, std::max(request->config.log_level, LogLevel::kWarning),
            clock);
    ExecuteOptions options;
    options.display = Display::mode_for(stdout);
    options.max_seconds = seconds_;
    options.summary = summary_;
    if (!brokers_.empty()) {
      auto feeder = make_topic_feeder({brokers_, topic(), ladder_, seed_, pace_, request->changes},
                                      clock, log);
      if (!feeder) return report_failure(feeder.error());
      options.feeder = std::move(*feeder);
    }
    auto parts = assemble(std::move(*request), clock, log);
    if (!parts) return report_failure(parts.error());
    const auto outcome = execute(**parts, options, clock, log);
    if (!outcome) return report_failure(outcome.error());
    std::printf("\n%s", outcome->text.c_str());
    if (!data_.empty())
      std::printf("\nHistory and checkpoint are in %s; the same command goes on from there.\n",
                  data_.c_str());
    return kExitDone;
  }

 private:
  std::string topic() const { return "gradus-demo-" + ladder_ + "-" + std::to_string(seed_); }

  Result<RunRequest> make_request(const std::string& data) {
    const std::string seed = std::to_string(seed_);
    Overrides all = {"run=demo-" + ladder_.substr(ladder_.find_last_of('/') + 1),
                     "ladder=" + ladder_, "data=" + data, "serve.listen=" + listen_,
                     "learner.kind=" + learner_, "learner.seed=" + seed, "stream.format=json",
                     // A demo learns in a minute what takes a run hours. At the 5 % of a run its
                     // probes would lie too far apart for verdicts.
                     "probes.cpu_share=0.15"};
    if (brokers_.empty()) {
      all.emplace_back("stream.source=generate");
      all.push_back("stream.generate.pace=" + pace_);
    } else {
      all.emplace_back("stream.source=kafka");
      all.push_back("stream.kafka.brokers=" + brokers_);
      all.push_back("stream.kafka.topic=" + topic());
    }
    all.insert(all.end(), overrides_.begin(), overrides_.end());
    auto config = parse_config("", "command line", ".", all);
    if (!config) return tl::unexpected(config.error());
    RunRequest request;
    request.config = std::move(*config);
    request.max_examples = examples_;
    request.keep_checkpoints = !data_.empty();
    if (!fault_.empty()) {
      const auto fault = parse_fault(fault_);
      if (!fault) return tl::unexpected(fault.error());
      const auto ladder = load_ladder(request.config.ladder);
      if (!ladder) return tl::unexpected(ladder.error());
      apply_fault(*fault, *ladder, request);
    }
    return request;
  }

  std::string ladder_ = "arithmetic", listen_ = "127.0.0.1:9630", data_, learner_ = "transformer",
              pace_ = "log", fault_, brokers_, summary_;
  double seconds_ = 0;
  Step examples_ = 0;
  std::uint64_t seed_ = 1;
  Overrides overrides_;
};

}  // namespace

std::unique_ptr<Command> make_demo_command() { return std::make_unique<DemoCommand>(); }

}  // namespace gradus
