#include <CLI/CLI.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "plan/ladder_plan.h"
#include "plan/plan_words.h"

namespace gradus {
namespace {

class PlanCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    declare_task(app);
    declare_noise(app);
    declare_budget(app);
    takes_one_of(
        app.add_option("--format", format_, "text, or json: a line a task")->capture_default_str(),
        {"json", "text"});
    app.footer(
        "Simulates the detectors that judge a run, with fixed seeds. A rate is decidable where a\n"
        "stall is found in time in four of five runs; exits 1 where one is undecidable.\n"
        "Scores lie in [0, 1], rates are per doubling of the examples.\n\n"
        "Examples:\n"
        "  gradus plan --items 128 --rate 0.1\n"
        "  gradus plan --ladder arithmetic --rate 0.1      # which of its tasks can be judged?\n"
        "  gradus plan --items 20 --item-sd 0.5 --item-noise 0.23 --format json   # exact match");
  }

  int run() override {
    options_.profile = profile_ == "strict" ? Profile::kStrict : Profile::kPractical;
    const auto planned = ladder_.empty() ? one_task() : plan_ladder(ladder_, options_, items_);
    if (!planned) return report_failure(of_option("--ladder", planned.error()));
    bool decidable = true;
    std::string out;
    for (const PlannedTask& each : *planned) {
      decidable = decidable && each.plan.decidable;
      if (format_ == "json") out += plan_json(each);
      if (format_ == "text" && ladder_.empty()) out += plan_text(each);
    }
    if (format_ == "text" && !ladder_.empty()) out += ladder_plan_text(*planned);
    const bool written =
        std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
    if (!written) return report_failure({ErrorCode::kIo, "standard output cannot be written"});
    return decidable ? kExitDone : kExitFailed;
  }

 private:
  void declare_task(CLI::App& app) {
    app.add_option("--items", items_,
                   "Items of the task; 128, or what the ladder says, if left out")
        ->check(whole_number(100'000));
    auto* ladder = app.add_option("--ladder", ladder_,
                                  "Plan every task of a built-in ladder or a ladder file: its "
                                  "items, floor and target")
                       ->type_name("LADDER");
    offers(ladder, ladder_names());
    app.add_option("--floor", options_.floor, "Score of knowing the form of the answers only")
        ->capture_default_str()
        ->excludes(ladder);
    app.add_option("--target", options_.target, "The score that counts as mastered")
        ->capture_default_str()
        ->excludes(ladder);
    app.add_option("--rate", options_.rate,
                   "Progress per doubling of the examples that must be told from a stall")
        ->capture_default_str();
    app.add_option("--loss", options_.loss, "Score lost at once, to see how soon that is found")
        ->capture_default_str();
    app.add_option("--within", options_.within,
                   "Doublings after a change in which it must be found")
        ->capture_default_str();
    app.add_option("--tasks", options_.tasks, "Tasks that share the run's error budget")
        ->check(whole_number(65'534))
        ->capture_default_str()
        ->excludes(ladder);
  }

  void declare_noise(CLI::App& app) {
    app.add_option("--noise", options_.noise,
                   "Standard deviation of the learner's fluctuation, which all items share, in "
                   "score")
        ->capture_default_str();
    app.add_option("--autocorrelation", options_.autocorrelation,
                   "Of that fluctuation, from probe to probe")
        ->capture_default_str();
    app.add_option("--item-noise", options_.item_noise,
                   "Standard deviation of one item's score from probe to probe")
        ->capture_default_str();
    app.add_option("--item-autocorrelation", options_.item_autocorrelation,
                   "Of that, from probe to probe")
        ->capture_default_str();
    app.add_option("--item-sd", options_.item_sd,
                   "Standard deviation over items half way up; 0.88 of the largest possible if "
                   "left out");
  }

  void declare_budget(CLI::App& app) {
    app.add_option("--per-doubling", options_.probes_per_doubling, "Probes per doubling")
        ->capture_default_str();
    app.add_option("--planned-probes", options_.planned_probes,
                   "Probes of a task that the rate of false alarms holds for")
        ->check(whole_number(1'000'000'000))
        ->capture_default_str();
    app.add_option("--false-alarms,--alpha", options_.false_alarms_per_run,
                   "Chance of any false alarm in the whole run")
        ->capture_default_str();
    takes_one_of(app.add_option("--profile", profile_,
                                "strict: with that rate of false alarms; practical: sooner, "
                                "without one")
                     ->capture_default_str(),
                 {"strict", "practical"});
  }

  Result<std::vector<PlannedTask>> one_task() const {
    PlanOptions options = options_;
    if (items_) options.items = *items_;
    const auto plan = make_plan(options);
    // The library names an option as it is spelled on the command line.
    if (!plan) return fail(plan.error().code, "--" + plan.error().message);
    return std::vector{PlannedTask{.tier = "", .task = "", .options = options, .plan = *plan}};
  }

  PlanOptions options_;
  std::optional<std::uint32_t> items_;
  std::string ladder_, profile_ = "strict", format_ = "text";
};

}  // namespace

std::unique_ptr<Command> make_plan_command() { return std::make_unique<PlanCommand>(); }

}  // namespace gradus
