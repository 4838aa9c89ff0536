#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/step.h"

namespace gradus::test {

/// A run that is killed again and again.
struct KilledRun {
  std::vector<std::string> arguments;  ///< of gradus; with --until-end, without which it waits
  std::filesystem::path data;
  Step records = 0;             ///< of the whole stream: whole minibatches where they are fixed
  double unbroken_seconds = 0;  ///< what the whole stream takes without kills
  std::uint64_t seed = 1;
};

/// Kills the run with SIGKILL `kills` times and lets it end then. Until then it waits for more
/// records at the end of the stream: no kill finds it over, however late this process looks on a
/// busy machine. Three kills out of four come at a random moment after the run's first new
/// checkpoint, one right after the start; the moments are spread over the work that is left. Gives
/// the steps from which the run went on.
std::set<Step> end_after_kills(const KilledRun& run, int kills);

}  // namespace gradus::test
