#include <algorithm>
#include <array>

#include "ingest/source.h"
#include "ingest/sources/generate_source.h"
#include "ingest/sources/kafka_source.h"
#include "ingest/sources/line_source.h"

namespace gradus {
namespace {

constexpr std::array kKinds{
    SourceKind{"file", "JSON Lines of a file, plain or gzip", make_file_source},
    SourceKind{"generate", "the generated stream of a ladder", make_generate_source},
    SourceKind{"kafka", "the partitions of a Kafka topic", make_kafka_source},
    SourceKind{"stdin", "lines from standard input", make_stdin_source},
};
static_assert(std::is_sorted(kKinds.begin(), kKinds.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

std::span<const SourceKind> source_kinds() { return kKinds; }

const SourceKind* find_source(std::string_view name) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const SourceKind& kind) { return kind.name == name; });
  return found != kKinds.end() ? &*found : nullptr;
}

}  // namespace gradus
