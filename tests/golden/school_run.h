#pragma once

#include <filesystem>

namespace gradus::test {

/// Writes the data directory of a run that never was: three tasks in two tiers, learned along
/// formulas, so that every number of it is fixed. `easy` is learned, `rare` is as easy but has a
/// 16th of the examples, `hard` is learned by halves and then falls. With two attempts, answers, an
/// annotation and a fault.
void write_school_run(const std::filesystem::path& directory);

}  // namespace gradus::test
