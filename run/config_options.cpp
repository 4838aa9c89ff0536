#include "run/config_options.h"

#include <iterator>

#include "ingest/decoder.h"
#include "ingest/source.h"
#include "learner/learner.h"

namespace gradus {
namespace {

namespace key = config_key;

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
      {.name = "", .kind = "", .options = {key::kRun, key::kLadder, key::kData}},
      {.name = "stream",
       .kind = "",
       .options = {kind_option("source", source_kinds(), "", "where records come from; required"),
                   kind_option("format", format_kinds(), "json", "format of a record"),
                   key::kOnError, key::kGapPolicy, key::kMaxRecordBytes,
                   key::kMaxConsecutiveErrors}}};
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
                                  key::kLearnerSeed}});
  for (const LearnerKind& kind : learner_kinds())
    sections.push_back(
        {.name = "learner", .kind = std::string(kind.name), .options = listed(kind.options())});
  std::vector<ConfigSection> others = {
      {.name = "probes", .kind = "", .options = {key::kPerDoubling, key::kCpuShare}},
      {.name = "progress",
       .kind = "",
       .options = {key::kFalseAlarms, key::kPlannedProbes, key::kProfile}},
      {.name = "checkpoint", .kind = "", .options = {key::kCheckpointEvery}},
      {.name = "serve", .kind = "", .options = {key::kListen, key::kHosts}},
      {.name = "metrics", .kind = "", .options = {key::kMaxSeries}},
      {.name = "limits", .kind = "", .options = {key::kMemory}},
      {.name = "log", .kind = "", .options = {key::kLogFormat, key::kLogLevel}}};
  sections.insert(sections.end(), std::make_move_iterator(others.begin()),
                  std::make_move_iterator(others.end()));
  return sections;
}

}  // namespace gradus
