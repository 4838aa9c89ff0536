#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "progress/tracker.h"

namespace gradus::test {

/// One row of a recorded curve; see data/README.md.
struct RecordedRow {
  std::string task;
  Step step = 0;
  Step own_step = 0;
  double exact = 0;
  double q = 0;
  double log_loss = 0;
  double q_sd = 0;  ///< of q over the items; 0 where it was not recorded
};

/// The rows of tests/progress/data/NAME.csv.gz; empty where it cannot be read.
std::vector<RecordedRow> recorded_curve(std::string_view name);

/// The ladder of the recorded runs: 17 tasks in five tiers with their floors, target 0.9.
Ladder recorded_ladder();

/// A row as a score. Means only were recorded, so q is taken to be 0 or 1 for each item, which
/// gives the largest spread over items that the mean allows; there are no bits.
Score score_of_row(const RecordedRow& row, const Ladder& ladder);

/// The scores of tests/progress/data/NAME.csv.gz in their order, with their facets where it has
/// them; own steps were not recorded there.
std::vector<Score> recorded_scores(std::string_view name, const Ladder& ladder);

/// A verdict change of a task, with what it was found from.
struct RecordedChange {
  std::string run;
  std::string task;
  VerdictChange change;
};

/// Which snapshots of a recorded run are scored.
enum class Schedule : std::uint8_t {
  kAll,
  kSettledThinly,  ///< settled tasks at every fourth only
};

/// Replays a recorded run, snapshot by snapshot, and gives the changes in their order.
std::vector<RecordedChange> replay(std::string_view name, const TrackerOptions& options,
                                   Schedule schedule = Schedule::kAll);

}  // namespace gradus::test
