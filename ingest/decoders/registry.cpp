#include <algorithm>
#include <array>

#include "ingest/decoder.h"
#include "ingest/decoders/json_decoder.h"

namespace gradus {
namespace {

constexpr std::array kKinds{
    FormatKind{"json", "one JSON object a record: questions in text, or attributes with a label",
               make_json_decoder},
};
static_assert(std::is_sorted(kKinds.begin(), kKinds.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

std::span<const FormatKind> format_kinds() { return kKinds; }

const FormatKind* find_format(std::string_view name) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const FormatKind& kind) { return kind.name == name; });
  return found != kKinds.end() ? &*found : nullptr;
}

}  // namespace gradus
