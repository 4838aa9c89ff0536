#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "app/config.h"
#include "base/result.h"

namespace CLI {
class Validator;
}

namespace gradus {

/// The largest seed: what a configuration's `learner.seed` takes too.
inline constexpr std::uint64_t kLargestSeed = std::uint64_t{1} << 62;

/// Takes a whole number in decimal digits, at most `largest`. CLI11 by itself wraps -3 round to a
/// count that never ends.
CLI::Validator whole_number(std::uint64_t largest = UINT64_MAX);

/// Takes a finite number from 0 on.
CLI::Validator number_from_zero();

/// Keeps with the configuration what ends a run besides its stream, 0 being no limit: a report says
/// how the run was started.
void state_limits(std::uint64_t examples, double seconds, Config& config);

/// Refuses a file that could not be written later, before a run has cost anything; an empty path is
/// none. Errors: kBadConfig with the option that names the file.
Result<void> require_writable(std::string_view option, const std::filesystem::path& file);

}  // namespace gradus
