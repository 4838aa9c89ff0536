#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>

namespace gradus {

/// The largest seed: what a configuration's `learner.seed` takes too.
inline constexpr std::uint64_t kLargestSeed = std::uint64_t{1} << 62;

/// Takes a whole number in decimal digits, at most `largest`. CLI11 by itself wraps -3 round to a
/// count that never ends.
CLI::Validator whole_number(std::uint64_t largest = UINT64_MAX);

/// Takes a finite number from 0 on.
CLI::Validator number_from_zero();

}  // namespace gradus
