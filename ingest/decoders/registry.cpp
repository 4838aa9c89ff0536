#include <array>

#include "base/registry.h"
#include "ingest/decoder.h"
#include "ingest/decoders/json_decoder.h"

namespace gradus {
namespace {

constexpr std::array kKinds{
    FormatKind{"json", "one JSON object a record: questions in text, or attributes with a label",
               make_json_decoder, no_options},
};
constexpr Registry kRegistry{kKinds};

}  // namespace

std::span<const FormatKind> format_kinds() { return kRegistry; }

const FormatKind* find_format(std::string_view name) { return kRegistry.find(name); }

}  // namespace gradus
