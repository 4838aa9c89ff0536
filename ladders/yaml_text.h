#pragma once

#include <yaml-cpp/node/node.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gradus {

/// The most bytes of a YAML file that a person writes: a configuration or a ladder.
inline constexpr std::size_t kMostYamlBytes = std::size_t{512} << 10;

/// Parses a YAML text of one document; an empty text is a null node. What yaml-cpp would build is
/// counted before it builds it, aliases as often as they are used, so that no text takes long or
/// much memory, whatever it holds. `where` names the text in messages.
/// Errors: kBadConfig with file and line for text that is no YAML; for a second document, more than
/// `most_values` values, more than 1,000 keys in a mapping or more than 64 levels; for an alias
/// within its own anchor; for more than kMostYamlBytes.
/// Cost: O(bytes), about a second for the largest text; at most 200 MB.
Result<YAML::Node> parse_yaml(std::string_view yaml, std::string_view where,
                              std::size_t most_values);

/// "file:12", the place of a node in messages.
std::string yaml_place(std::string_view where, const YAML::Mark& mark);

}  // namespace gradus
