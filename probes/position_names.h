#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradus {

/// The names of the facets that are positions of an answer; see FacetScore.
inline constexpr std::string_view kEndName = "end";
/// A digit, counted from the right: "units", "tens", ... "10^6", ...
std::string digit_name(std::size_t place);
/// Counted from the left, from 0: "position 1", ...
std::string position_name(std::size_t place);
/// Whether a facet of this name is a position; a tag may not be called so.
bool is_position_name(std::string_view name);

}  // namespace gradus
