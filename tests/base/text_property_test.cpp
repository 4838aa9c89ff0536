#include <rapidcheck/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"

namespace gradus {
namespace {

std::string parsed(const std::string& escaped) {
  return nlohmann::json::parse('"' + escaped + '"').get<std::string>();
}

RC_GTEST_PROP(JsonEscaped, IsReadBackByAJsonParser, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
  RC_ASSERT(parsed(json_escaped(text)) == text);
}

RC_GTEST_PROP(JsonEscaped, MakesAnyBytesParse, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  RC_ASSERT(parsed(json_escaped(bytes)).size() >= bytes.size());
}

RC_GTEST_PROP(JsonEscaped, StaysOnOneLine, (const std::string& text)) {
  const std::string escaped = json_escaped(text);
  RC_ASSERT(std::none_of(escaped.begin(), escaped.end(),
                         [](char byte) { return byte >= 0 && byte < 0x20; }));
}

/// Whether a terminal could take any of it for an order, read byte by byte as Latin-1 terminals and
/// as UTF-8 terminals do.
bool has_order(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (byte < 0x20 || byte == 0x7F || (byte == 0xC2 && next >= 0x80 && next <= 0x9F)) return true;
  }
  return false;
}

std::string any_bytes() {
  // Often what is dangerous: controls, and the lead bytes of C1 and of directions.
  return *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(),
                     rc::gen::element('\x1b', '\x07', '\x9b', '\xc2', '\xe2', '\x80', '\xae')));
}

RC_GTEST_PROP(Printable, LeavesNoOrderForATerminalInAnyBytes, ()) {
  RC_ASSERT(!has_order(printable(any_bytes())));
}

RC_GTEST_PROP(Printable, IsUtf8AndStaysAsItIs, ()) {
  const std::string once = printable(any_bytes());
  RC_ASSERT(nlohmann::json(once).dump(-1, ' ', false).size() >= once.size());  // throws where not
  RC_ASSERT(is_printable(once));
}

RC_GTEST_PROP(PrintableJson, HasTheSameValueAndNoOrder, ()) {
  const nlohmann::json value = printable(any_bytes()) + "\xC2\x9b\u202e";
  const std::string safe = printable_json(value.dump());
  RC_ASSERT(!has_order(safe));
  RC_ASSERT(nlohmann::json::parse(safe) == value);
}

RC_GTEST_PROP(NearestName, FindsANameAmongItsCandidates, ()) {
  const auto names = *rc::gen::nonEmpty<std::vector<std::string>>();
  const auto name = *rc::gen::elementOf(names);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  RC_ASSERT(nearest_name(name, candidates) == name);
}

}  // namespace
}  // namespace gradus
