#pragma once

#include <filesystem>

#include "learner/checkpoint.h"

namespace gradus::test {

/// The newest checkpoint of a data directory, whatever run it belongs to; of step 0 where there is
/// none.
Checkpoint read_checkpoint(const std::filesystem::path& directory);

}  // namespace gradus::test
