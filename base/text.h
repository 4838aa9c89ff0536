#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradus {

/// The candidate nearest to `name` by edit distance, for "did you mean"; empty where none is within a third of its length.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace gradus
