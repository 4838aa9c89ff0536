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

RC_GTEST_PROP(NearestName, FindsANameAmongItsCandidates, ()) {
  const auto names = *rc::gen::nonEmpty<std::vector<std::string>>();
  const auto name = *rc::gen::elementOf(names);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  RC_ASSERT(nearest_name(name, candidates) == name);
}

}  // namespace
}  // namespace gradus
