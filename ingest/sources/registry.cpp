#include <array>

#include "base/registry.h"
#include "ingest/source.h"
#include "ingest/sources/generate_source.h"
#include "ingest/sources/kafka_settings.h"
#include "ingest/sources/kafka_source.h"
#include "ingest/sources/line_source.h"

namespace gradus {
namespace {

constexpr std::array kKinds{
    SourceKind{"file", "JSON Lines of a file, plain or gzip", make_file_source, file_options},
    SourceKind{"generate", "the generated stream of a ladder", make_generate_source,
               generate_options},
    SourceKind{"kafka", "the partitions of a Kafka topic", make_kafka_source, kafka_options},
    SourceKind{"stdin", "lines from standard input", make_stdin_source, no_options},
};
constexpr Registry kRegistry{kKinds};

}  // namespace

std::span<const SourceKind> source_kinds() { return kRegistry; }

const SourceKind* find_source(std::string_view name) { return kRegistry.find(name); }

}  // namespace gradus
