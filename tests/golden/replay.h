#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/step.h"
#include "probes/score.h"
#include "progress/report.h"

namespace gradus::test {

/// What a replay came to.
struct Replay {
  std::string report;         ///< the body of /api/v1/progress at the end
  std::vector<Score> scores;  ///< all, in order
  std::vector<std::pair<std::string, VerdictChange>> changes;  ///< of verdicts, with the task
};

/// The whole of `gradus demo arithmetic --pace none` on one thread and by a clock that stands
/// still: generated stream, transformer, probes, verdicts. Every snapshot of the schedule is
/// scored, since no processor time passes, so nothing depends on the machine but the rounding of
/// its arithmetic. `fault` is as in `--fault`; empty for none.
Replay replay(Step examples, const std::string& fault = {});
/// The same in the data directory of a `gradus demo --data`: goes on from where that stands, and
/// leaves a checkpoint there.
Replay replay_in(const std::filesystem::path& data, Step examples, const std::string& fault = {});

}  // namespace gradus::test
