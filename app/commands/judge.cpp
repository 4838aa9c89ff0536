#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/atomic_file.h"
#include "base/text.h"
#include "judge/curve_bytes.h"
#include "judge/curve_formats.h"
#include "judge/judge_words.h"
#include "judge/judgement.h"
#include "report/report_format.h"

namespace gradus {
namespace {

/// The format that a report's file name ends in; null for none.
const ReportFormat* format_of(const std::filesystem::path& file) {
  for (const ReportFormat& format : report_formats())
    if (file.extension() == "." + std::string(format.extension)) return &format;
  return nullptr;
}

Result<void> print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return {};
  return fail(ErrorCode::kIo, "standard output cannot be written");
}

class JudgeCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("FILE", file_, "Learning curves, plain or gzip; - is standard input")
        ->required();
    declare_reading(app);
    declare_judging(app);
    app.add_option("--report", report_, "Write the report too: FILE.html, FILE.md or FILE.json")
        ->type_name("FILE");
    app.footer(
        "Prints a JSON line for each change of a verdict, then one for each curve with "
        "\"summary\": true.\n"
        "Scores lie in [0, 1] and higher is better; each curve is a task.\n\n"
        "Examples:\n"
        "  gradus judge curves.csv                          # columns step,task,score\n"
        "  gradus judge runs/1/events.out.tfevents.1 --metric 'eval/*' --report eval.html\n"
        "  gradus judge wandb_export.csv --log-loss 'val_loss' --items 2000");
  }

  int run() override {
    const auto done = judge();
    return done ? kExitDone : report_failure(done.error());
  }

 private:
  void declare_reading(CLI::App& app) {
    std::vector<std::string> names;
    std::string about = "Form of the file; found by its content if left out. ";
    for (const CurveFormat& format : curve_formats()) {
      names.emplace_back(format.name);
      about += std::string(names.size() > 1 ? "; " : "") + std::string(format.name) + ": " +
               std::string(format.about);
    }
    takes_one_of(app.add_option("--format", format_, about), std::move(names));
    const auto globs = [&](const char* option, std::vector<std::string>& into, const char* help) {
      app.add_option(option, into, help)->type_name("GLOB")->take_all()->allow_extra_args(false);
    };
    globs("--metric", choice_.metric, "Judge only tasks, tags or columns of such a name");
    globs("--percent", choice_.percent, "Their values are percentages");
    globs("--error-rate", choice_.error_rate, "Their values are shares of errors: 1 - value");
    globs("--log-loss", choice_.log_loss,
          "Their values are log losses in nats: e^-value, the probability given to the right "
          "answer");
  }

  void declare_judging(CLI::App& app) {
    app.add_option("--target", options_.target, "The score that counts as mastered")
        ->check(number_between(0, 1))
        ->capture_default_str();
    app.add_option("--items", options_.items,
                   "Items behind each score; unknown if left out: no intervals then");
    app.add_option("--false-alarms,--alpha", options_.false_alarms_per_run,
                   "Chance of any false alarm in the whole file")
        ->check(number_between(1e-12, 0.999))
        ->capture_default_str();
    takes_one_of(app.add_option("--profile", profile_,
                                "strict: with that rate of false alarms; practical: sooner, "
                                "without one")
                     ->capture_default_str(),
                 {"strict", "practical"});
    app.add_option("--planned-probes", options_.planned_probes,
                   "Scores of a curve that the rate holds for; 400 or the longest curve if left "
                   "out");
    for (const char* option : {"--items", "--planned-probes"})
      app.get_option(option)->check(whole_number(1'000'000'000, 1));
  }

  Result<void> judge() {
    const ReportFormat* report = format_of(report_);
    if (!report_.empty() && report == nullptr)
      return fail(ErrorCode::kBadConfig,
                  "--report " + report_ + ": a name that ends in .html, .md or .json is expected");
    if (auto writable = require_writable("--report", report_); !writable) return writable;
    options_.profile = profile_ == "strict" ? Profile::kStrict : Profile::kPractical;
    const std::string name = file_ == "-" ? "standard input" : file_;
    const auto bytes = read_curve_bytes(file_);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto curves = read_curves(*bytes, name, format_, choice_);
    if (!curves) return tl::unexpected(curves.error());
    tell(*curves);
    const auto judgement = judge_curves(*curves, options_);
    if (!judgement) return tl::unexpected(judgement.error());
    if (report != nullptr)
      if (auto written = write_file_atomically(report_, report->write(judgement->data)); !written)
        return written;
    return say(*curves, *judgement);
  }

  /// What was left out goes to stderr: stdout holds results only.
  void tell(const CurveFile& curves) const {
    for (const std::string& each : curves.problems)
      std::fprintf(stderr, "%s\n", printable(each).c_str());
    for (const std::string& each : curves.notes)
      std::fprintf(stderr, "%s: %s\n", printable(curves.name).c_str(), printable(each).c_str());
    std::size_t unknown = 0;
    for (const FileCurve& each : curves.curves) unknown += each.items || options_.items ? 0 : 1;
    if (unknown > 0)
      std::fprintf(stderr,
                   "%s: the number of items is not known (--items): no intervals are given, and "
                   "curves are judged as if of 1,000 items\n",
                   curves.name.c_str());
  }

  Result<void> say(const CurveFile& curves, const Judgement& judgement) const {
    for (const JudgedChange& change : judgement.changes)
      if (auto said = print(change_line(judgement.data, change)); !said) return said;
    for (std::size_t i = 0; i < curves.curves.size(); ++i) {
      const auto said =
          print(summary_line(judgement.data.tasks[i], curves.curves[i].scores.size()));
      if (!said) return said;
    }
    if (std::fflush(stdout) != 0) return fail(ErrorCode::kIo, "standard output cannot be written");
    if (::isatty(STDERR_FILENO) == 1) std::fputs(judged_table(judgement.data).c_str(), stderr);
    if (!report_.empty()) std::fprintf(stderr, "The report is in %s\n", report_.c_str());
    return {};
  }

  std::string file_, format_, report_, profile_ = "strict";
  CurveChoice choice_;
  JudgeOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_judge_command() { return std::make_unique<JudgeCommand>(); }

}  // namespace gradus
