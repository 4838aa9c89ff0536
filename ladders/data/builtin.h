#pragma once

#include <span>
#include <string_view>

namespace gradus {

/// The text of a ladder that is part of the program; made from ladders/data/*.yaml by the build.
struct BuiltinLadder {
  std::string_view name;
  std::string_view yaml;
};

/// All of them, sorted by name.
std::span<const BuiltinLadder> builtin_ladder_texts();

}  // namespace gradus
