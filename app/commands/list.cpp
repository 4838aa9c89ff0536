#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "ingest/decoder.h"
#include "ingest/source.h"
#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "learner/learner.h"
#include "metrics/exposition.h"
#include "run/fault.h"

namespace gradus {
namespace {

void print(std::string_view name, std::string_view about) {
  std::printf("%-24.*s %.*s\n", static_cast<int>(name.size()), name.data(),
              static_cast<int>(about.size()), about.data());
}

template <typename Kinds>
void print_all(const Kinds& kinds) {
  for (const auto& kind : kinds) print(kind.name, kind.about);
}

void list_learners() { print_all(learner_kinds()); }
void list_sources() { print_all(source_kinds()); }
void list_formats() { print_all(format_kinds()); }
void list_faults() { print_all(fault_kinds()); }

void list_ladders() {
  for (const std::string_view name : builtin_ladders()) {
    const auto ladder = load_ladder(name);
    if (!ladder) continue;
    std::string about = std::to_string(ladder->tasks.size()) + " tasks in the tiers";
    for (const Tier& tier : ladder->tiers)
      about += (&tier == &ladder->tiers.front() ? " " : ", ") + tier.name;
    print(name, about);
  }
}

void list_metrics() {
  for (const MetricInfo& metric : metric_catalogue()) print(metric.name, metric.help);
}

struct Table {
  std::string_view name;
  std::string_view use;  ///< where its names are given
  void (*list)();
};

// What a newcomer chooses first stands first. The metrics are many: they are only listed by name.
constexpr std::array kTables = {
    Table{"learners", "learner.kind, demo --learner", &list_learners},
    Table{"ladders", "ladder, demo LADDER", &list_ladders},
    Table{"sources", "stream.source", &list_sources},
    Table{"formats", "stream.format", &list_formats},
    Table{"faults", "demo --fault NAME@STEP", &list_faults},
};

class ListCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    std::vector<std::string> names;
    for (const Table& table : kTables) names.emplace_back(table.name);
    names.emplace_back("metrics");
    takes_one_of(app.add_option("WHAT", what_, "All but the metrics if left out"),
                 std::move(names));
  }

  int run() override {
    if (what_ == "metrics") list_metrics();
    for (const Table& table : kTables)
      if (what_ == table.name) table.list();
    if (!what_.empty()) return kExitDone;
    for (const Table& table : kTables) {
      std::printf("%s (%s):\n", std::string(table.name).c_str(), std::string(table.use).c_str());
      table.list();
      std::printf("\n");
    }
    std::printf("gradus list metrics: the %zu metrics on /metrics\n", metric_catalogue().size());
    return kExitDone;
  }

 private:
  std::string what_;
};

}  // namespace

std::unique_ptr<Command> make_list_command() { return std::make_unique<ListCommand>(); }

}  // namespace gradus
