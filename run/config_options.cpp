#include "run/config_options.h"

#include <iterator>

#include "ingest/decoder.h"
#include "ingest/source.h"
#include "learner/learner.h"

namespace gradus {
namespace {

using namespace config_key;

/// A key whose value names a kind.
template <typename Kinds>
OptionSpec kind_option(std::string_view key, const Kinds& kinds, std::string_view fallback,
                       std::string_view about) {
  // The names are constants of the registry, but only at run time are they one list.
  static const std::vector<std::string_view> names = [&] {
    std::vector<std::string_view> list;
    for (const auto& kind : kinds) list.push_back(kind.name);
    return list;
  }();
  return choice_option(key, names, fallback, about);
}

std::vector<OptionSpec> listed(std::span<const OptionSpec> options) {
  return {options.begin(), options.end()};
}

}  // namespace

std::vector<ConfigSection> config_sections() {
  std::vector<ConfigSection> sections = {
      {.name = "", .kind = "", .options = {kRun, kLadder, kData}},
      {.name = "stream",
       .kind = "",
       .options = {kind_option("source", source_kinds(), "", "where records come from; required"),
                   kind_option("format", format_kinds(), "json", "format of a record"), kOnError,
                   kGapPolicy, kMaxRecordBytes, kMaxConsecutiveErrors}}};
  for (const SourceKind& kind : source_kinds())
    sections.push_back({.name = "stream." + std::string(kind.name),
                        .kind = "",
                        .options = listed(kind.options())});
  for (const FormatKind& kind : format_kinds())
    sections.push_back({.name = "stream." + std::string(kind.name),
                        .kind = "",
                        .options = listed(kind.options())});
  sections.push_back({.name = "learner",
                      .kind = "",
                      .options = {kind_option("kind", learner_kinds(), "linear",
                                              "see `gradus list learners --long`"),
                                  kLearnerSeed}});
  for (const LearnerKind& kind : learner_kinds())
    sections.push_back(
        {.name = "learner", .kind = std::string(kind.name), .options = listed(kind.options())});
  std::vector<ConfigSection> others = {
      {.name = "probes", .kind = "", .options = {kPerDoubling, kCpuShare}},
      {.name = "progress", .kind = "", .options = {kFalseAlarms, kPlannedProbes, kProfile}},
      {.name = "checkpoint", .kind = "", .options = {kCheckpointEvery}},
      {.name = "serve", .kind = "", .options = {kListen, kHosts}},
      {.name = "metrics", .kind = "", .options = {kMaxSeries}},
      {.name = "limits", .kind = "", .options = {kMemory}},
      {.name = "log", .kind = "", .options = {kLogFormat, kLogLevel}}};
  sections.insert(sections.end(), std::make_move_iterator(others.begin()),
                  std::make_move_iterator(others.end()));
  return sections;
}

}  // namespace gradus
