#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "report/report_format.h"

namespace gradus {
namespace {

class ReportCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    std::vector<std::string> names;
    for (const ReportFormat& format : report_formats()) names.emplace_back(format.name);
    app.add_option("DIR", directory_, "Data directory of the run, which may go on meanwhile")
        ->capture_default_str();
    takes_one_of(
        app.add_option("--format", format_, "html, markdown or json")->capture_default_str(),
        std::move(names));
    app.add_option("--out", out_,
                   "Where to write; - is stdout; DIR/report.html, .md or .json if "
                   "left out")
        ->type_name("FILE");
  }

  int run() override {
    const ReportFormat& format = *report_formats().find(format_);
    const std::filesystem::path out =
        !out_.empty()
            ? std::filesystem::path(out_)
            : std::filesystem::path(directory_) / ("report." + std::string(format.extension));
    if (auto written = write_report(directory_, format, out); !written)
      return report_failure(written.error());
    if (out != "-") std::printf("The report is in %s\n", out.c_str());
    return kExitDone;
  }

 private:
  std::string directory_ = "gradus-data", format_ = "html", out_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace gradus
