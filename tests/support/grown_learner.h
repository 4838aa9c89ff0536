#pragma once

#include <filesystem>

#include "base/step.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// Examples behind the grown learner, whole minibatches: its lowest tier is mastered, the next one
/// learning.
constexpr Step kGrown = 100'000;

/// The data directory of `gradus demo`, seed 1, that ctest lets grow once before the tests that are
/// GROWN in their CMakeLists.txt. To be copied, not changed.
/// Errors: throws where a test is run without ctest and GRADUS_GROWN_LEARNER names no directory.
std::filesystem::path grown_learner();

/// Copies it to a directory that gradus can go on from, `data` in this folder.
std::filesystem::path copy_grown_learner(const TempDir& folder);

}  // namespace gradus::test
