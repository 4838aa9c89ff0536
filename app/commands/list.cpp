#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

#include "app/commands/command.h"
#include "ingest/decoder.h"
#include "ingest/source.h"
#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "learner/learner.h"
#include "metrics/exposition.h"

namespace gradus {
namespace {

void print(std::string_view name, std::string_view about) {
  std::printf("%-24.*s %.*s\n", static_cast<int>(name.size()), name.data(),
              static_cast<int>(about.size()), about.data());
}

void list_ladders() {
  for (const std::string_view name : builtin_ladders()) {
    const auto ladder = load_ladder(name);
    if (!ladder) continue;
    std::string about = std::to_string(ladder->tasks.size()) + " tasks in tiers";
    for (const Tier& tier : ladder->tiers) about += " " + tier.name;
    print(name, about);
  }
}

class ListCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("WHAT", what_, "formats, ladders, learners, metrics or sources; all if left out")
        ->check(CLI::IsMember({"formats", "ladders", "learners", "metrics", "sources"}));
  }

  int run() override {
    if (begins("formats"))
      for (const FormatKind& kind : format_kinds()) print(kind.name, kind.about);
    if (begins("ladders")) list_ladders();
    if (begins("learners"))
      for (const LearnerKind& kind : learner_kinds()) print(kind.name, kind.about);
    if (begins("metrics"))
      for (const MetricInfo& metric : metric_catalogue()) print(metric.name, metric.help);
    if (begins("sources"))
      for (const SourceKind& kind : source_kinds()) print(kind.name, kind.about);
    return kExitDone;
  }

 private:
  /// Whether this table is to be printed; has printed its heading where all are.
  bool begins(std::string_view table) {
    if (!what_.empty()) return what_ == table;
    std::printf("%s%.*s:\n", first_ ? "" : "\n", static_cast<int>(table.size()), table.data());
    first_ = false;
    return true;
  }

  bool first_ = true;
  std::string what_;
};

}  // namespace

std::unique_ptr<Command> make_list_command() { return std::make_unique<ListCommand>(); }

}  // namespace gradus
