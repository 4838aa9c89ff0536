#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "describe/words.h"
#include "ladders/ladder_file.h"
#include "report/report_format.h"
#include "run/execute.h"
#include "run/fault.h"
#include "run/temporary_folder.h"
#include "run/topic_feeder.h"
#include "terminal/results.h"
#include "terminal/terminal.h"

namespace gradus {
namespace {

class DemoCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    offers(app.add_option("LADDER", ladder_, "Built-in ladder, or a ladder file with a generator")
               ->capture_default_str(),
           ladder_names());
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
    takes_one_of(app.add_option("--learner", learner_, "Kind of learner (see gradus list learners)")
                     ->type_name("KIND")
                     ->capture_default_str(),
                 learner_names());
    takes_one_of(app.add_option("--pace", pace_,
                                "log: each doubling takes about 3 s, so that early skills can be "
                                "seen; none: full speed")
                     ->capture_default_str(),
                 {"log", "none"});
    std::vector<std::string> faults;
    for (const FaultKind& kind : fault_kinds()) faults.push_back(std::string(kind.name) + "@");
    offers(app.add_option("--fault", fault_,
                          "Break something from an example on, and up to another where there is "
                          "an END (see gradus list faults)")
               ->type_name("KIND@STEP[-END]"),
           faults);
    app.add_option("--brokers", brokers_, "Go through a topic of this Kafka instead of memory")
        ->type_name("HOST:PORT");
    app.add_option("--report", report_,
                   "Write the report here; DATA/report.html or gradus-demo.html in the system's "
                   "temporary folder if left out")
        ->type_name("FILE");
    app.add_option("--summary", summary_, "Write the summary as JSON to a file")->type_name("FILE");
    declare_set(app, set_, "Set a configuration key, e.g. --set probes.cpu_share=0.1");
  }

  int run() override {
    for (const auto& [option, file] :
         {std::pair("--summary", summary_), std::pair("--report", report_)})
      if (auto writable = require_writable(option, file); !writable)
        return report_failure(writable.error());
    std::optional<TemporaryFolder> temporary;
    if (data_.empty()) {
      auto made = TemporaryFolder::make();
      if (!made) return report_failure(made.error());
      temporary.emplace(std::move(*made));
    }
    auto request = make_request(temporary ? temporary->path().string() : data_);
    if (!request) return report_failure(request.error());
    const std::filesystem::path data = request->config.data;
    auto outcome = learn(std::move(*request));
    if (!outcome) return report_failure(outcome.error());
    const auto terminal = terminal_size(STDOUT_FILENO);
    std::printf("\n%s", terminal ? text_within(outcome->text, terminal->columns - 1).c_str()
                                 : outcome->text.c_str());
    const auto report = report_on(data);
    if (!report) return report_failure(report.error());
    std::printf("\nThe report is in %s\n", report->c_str());
    if (!data_.empty())
      std::printf("History and checkpoint are in %s; the same command goes on from there.\n",
                  data_.c_str());
    return outcome->kept ? kExitDone : report_failure(outcome->kept.error());
  }

 private:
  /// Writes the report and says where it is.
  Result<std::filesystem::path> report_on(const std::filesystem::path& data) const {
    const std::filesystem::path file =
        report_.empty() ? data / "report.html" : std::filesystem::path(report_);
    if (auto written = write_report(data, *report_formats().find("html"), file); !written)
      return tl::unexpected(written.error());
    if (!report_.empty() || !data_.empty()) return file;
    // The data directory will be removed. A move is one step, so that two demos that end at the
    // same time do not spoil each other's.
    std::filesystem::path kept = data.parent_path() / "gradus-demo.html";
    std::error_code refused;
    std::filesystem::rename(file, kept, refused);
    if (refused) {  // another user's, which the folder of all lets nobody else replace
      kept = data.parent_path() / ("gradus-demo-" + std::to_string(::getuid()) + ".html");
      std::filesystem::rename(file, kept, refused);
    }
    if (refused)
      return fail(ErrorCode::kIo, kept.string() + ": " + refused.message() +
                                      "; --report FILE writes the report elsewhere");
    return kept;
  }

  Result<Outcome> learn(RunRequest request) {
    SystemClock clock;
    // A demo's screen belongs to the table: only what needs attention is logged.
    Log log(request.config.log_format, std::max(request.config.log_level, LogLevel::kWarning),
            clock);
    ExecuteOptions options;
    options.shown = shown_on(stdout);
    options.max_seconds = seconds_;
    options.summary = summary_;
    options.notes = notes_;
    if (feed_) {
      feed_->changes = request.changes;
      auto feeder = make_topic_feeder(std::move(*feed_), clock, log);
      if (!feeder) return tl::unexpected(feeder.error());
      options.feeder = std::move(*feeder);
    }
    auto parts = assemble(std::move(request), clock, log);
    if (!parts) return tl::unexpected(parts.error());
    return execute(**parts, options, clock, log);
  }

  Result<RunRequest> make_request(const std::string& data) {
    auto ladder = load_ladder(ladder_);
    if (!ladder) return tl::unexpected(of_option("LADDER", ladder.error()));
    if (!brokers_.empty()) {
      auto topic = demo_topic(data, *ladder, seed_, SystemClock().now());
      if (!topic) return tl::unexpected(topic.error());
      feed_ = TopicFeed{brokers_, std::move(*topic), *ladder, Options("stream.generate"), {}};
      feed_->generated.set("seed", std::to_string(seed_), "--seed");
      feed_->generated.set("pace", pace_, "--pace");
    }
    const std::string seed = std::to_string(seed_);
    Overrides all = {"run=demo-" + ladder->name,
                     {"ladder", ladder_, "LADDER"},
                     {"data", data, data_.empty() ? "--set" : "--data"},
                     {"serve.listen", listen_, "--listen"},
                     {"learner.kind", learner_, "--learner"},
                     {"learner.seed", seed, "--seed"},
                     "stream.format=json"};
    if (!feed_) {
      all.emplace_back("stream.source=generate");
      all.emplace_back("stream.generate.pace", pace_, "--pace");
    } else {
      all.emplace_back("stream.source=kafka");
      all.emplace_back("stream.kafka.brokers", brokers_, "--brokers");
      all.emplace_back("stream.kafka.topic=" + feed_->topic);
    }
    all.insert(all.end(), set_.begin(), set_.end());
    auto config = parse_config("", "command line", ".", all);
    if (!config) return tl::unexpected(config.error());
    RunRequest request;
    request.config = std::move(*config);
    request.max_examples = examples_;
    request.keep_checkpoints = !data_.empty();
    request.waits_for_probes = true;  // also through a topic
    state_limits(examples_, seconds_, request.config);
    if (!fault_.empty()) {
      const auto fault = parse_fault(fault_);
      if (!fault) return tl::unexpected(fault.error());
      apply_fault(*fault, *ladder, feed_ ? feed_->generated : request.config.source_options,
                  request);
      request.config.stated.emplace_back("fault", fault_);
      notes_.push_back({fault->step, "the fault '" + fault->kind + "' strikes, from step " +
                                         with_thousands(fault->step) + " on"});
      if (fault->end)
        notes_.push_back({*fault->end, "the fault '" + fault->kind + "' has ended, at step " +
                                           with_thousands(*fault->end)});
    }
    return request;
  }

  std::string ladder_ = "arithmetic", listen_ = "127.0.0.1:9630", data_, learner_ = "transformer",
              pace_ = "log", fault_, brokers_, report_, summary_;
  double seconds_ = 0;
  Step examples_ = 0;
  std::uint64_t seed_ = 1;
  std::vector<std::string> set_;
  std::vector<StepNote> notes_;
  std::optional<TopicFeed> feed_;  // where the stream goes through Kafka
};

}  // namespace

std::unique_ptr<Command> make_demo_command() { return std::make_unique<DemoCommand>(); }

}  // namespace gradus
