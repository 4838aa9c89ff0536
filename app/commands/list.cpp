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
#include "terminal/cells.h"

namespace gradus {
namespace {

void print(std::string_view name, std::string_view about) {
  std::printf("%-24.*s %.*s\n", static_cast<int>(name.size()), name.data(),
              static_cast<int>(about.size()), about.data());
}

/// How much is said of each name.
enum class Detail { kShort, kLong };

template <typename Kinds>
void print_all(const Kinds& kinds) {
  for (const auto& kind : kinds) print(kind.name, kind.about);
}

constexpr std::size_t kLineWidth = 78;

/// One key: what it may be and what it is for, wrapped for a terminal of 80 columns.
void print_option(const std::string& section, const OptionSpec& option) {
  std::string values = describe_values(option);
  std::erase(values, '`');  // Markdown's, for docs/configuration.md
  std::printf("    %s.%s: %s%s\n", section.c_str(), std::string(option.key).c_str(), values.c_str(),
              option.fallback.empty() ? "" : (", default " + std::string(option.fallback)).c_str());
  std::string about(option.about);
  std::erase(about, '`');
  for (const std::string& line : wrap_text(about, kLineWidth - 8))
    std::printf("        %s\n", line.c_str());
}

/// The kinds of a registry, and with kLong the keys that each reads in its section.
template <typename Kinds, typename Section>
void print_kinds(const Kinds& kinds, Detail detail, Section section_of) {
  for (const auto& kind : kinds) {
    print(kind.name, kind.about);
    if (detail == Detail::kShort) continue;
    if (kind.options().empty()) std::printf("    no keys of its own\n");
    for (const OptionSpec& option : kind.options()) print_option(section_of(kind.name), option);
  }
}

std::string stream_section(std::string_view kind) { return "stream." + std::string(kind); }

void list_learners(Detail detail) {
  print_kinds(learner_kinds(), detail, [](std::string_view) { return std::string("learner"); });
}
void list_sources(Detail detail) { print_kinds(source_kinds(), detail, stream_section); }
void list_formats(Detail detail) { print_kinds(format_kinds(), detail, stream_section); }
void list_faults(Detail) { print_all(fault_kinds()); }

void list_ladders(Detail) {
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
  void (*list)(Detail detail);
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
    app.add_flag("--long", long_, "Also list the keys of each learner, source and format");
  }

  int run() override {
    const Detail detail = long_ ? Detail::kLong : Detail::kShort;
    if (what_ == "metrics") list_metrics();
    for (const Table& table : kTables)
      if (what_ == table.name) table.list(detail);
    if (!what_.empty()) return kExitDone;
    for (const Table& table : kTables) {
      std::printf("%s (%s):\n", std::string(table.name).c_str(), std::string(table.use).c_str());
      table.list(detail);
      std::printf("\n");
    }
    std::printf("gradus list metrics: the %zu metrics on /metrics\n", metric_catalogue().size());
    return kExitDone;
  }

 private:
  std::string what_;
  bool long_ = false;
};

}  // namespace

std::unique_ptr<Command> make_list_command() { return std::make_unique<ListCommand>(); }

}  // namespace gradus
