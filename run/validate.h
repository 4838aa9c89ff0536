#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "run/config.h"

namespace gradus {

enum class FileKind : std::uint8_t { kConfig, kLadder };

/// A ladder by its key `tiers` or by being a built-in name; anything else is taken for a
/// configuration.
/// Errors: kNotFound where there is no such file and no such ladder.
Result<FileKind> kind_of_file(const std::string& file);

/// Reads a configuration as `run` would, with every room's own keys, and opens nothing. Errors:
/// kBadConfig, kNotFound.
Result<Config> validate_config(const std::string& file, const Overrides& overrides);

/// Reads a ladder and its items, and draws 100,000 records of its generator: none may carry a
/// held-out question. Gives a few lines on what it found. Errors: kBadConfig, kBadData with the
/// record that leaked.
Result<std::string> validate_ladder(const std::string& name_or_path);

}  // namespace gradus
