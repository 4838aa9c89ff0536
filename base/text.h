#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradus {

/// The candidate nearest to `name` by edit distance (insert, delete, replace, swap neighbours), for
/// "did you mean"; the first of equals, and empty where none is within a third of the name's length
/// (one edit for short names).
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

/// `text` as the inside of a JSON string, on one line: quotes, backslashes and control characters
/// escaped, each byte that is no valid UTF-8 replaced by U+FFFD.
std::string json_escaped(std::string_view text);

}  // namespace gradus
