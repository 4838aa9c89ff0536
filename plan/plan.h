#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "progress/profile.h"

namespace gradus {

/// A task as it is planned: its items, its learner, its schedule and its error budget.
/// Units: rates per doubling of the examples learned; everything else about scores in [0, 1].
struct PlanOptions {
  std::uint32_t items = 128;
  double floor = 0;
  double target = 0.9;
  double rate = 0.1;    ///< at which the score rises before a change: what must be told from rest
  double loss = 0.1;    ///< of score in a sudden fall
  double within = 4;    ///< doublings after a change in which it must be found
  double noise = 0.02;  ///< standard deviation of what all items share: the learner's fluctuation
  double autocorrelation = 0.3;  ///< of that fluctuation, from probe to probe
  double item_noise = 0.05;      ///< standard deviation of one item's q from probe to probe
  double item_autocorrelation = 0.3;
  /// Of q over items half way up; nothing: 0.88 of the largest possible.
  std::optional<double> item_sd = std::nullopt;
  double probes_per_doubling = 40;
  unsigned planned_probes = 400;
  unsigned tasks = 1;  ///< of the run: the error budget is split over two detectors of each
  double false_alarms_per_run = 0.05;
  Profile profile = Profile::kStrict;
};

/// How a change is found.
/// Units: doublings from the change on.
struct Delay {
  double found = 0;                             ///< share of the changes that are found in time
  std::optional<double> median = std::nullopt;  ///< half of all changes are found by then
  std::optional<double> p90 = std::nullopt;     ///< nine in ten are
};

/// Why a rate cannot be decided, and so what would help.
enum class Obstacle : std::uint8_t {
  kNone,
  kSlowerThanStall,  ///< progress as slow as this is a stall by definition
  kItems,            ///< more items decide it
  kSchedule,         ///< no number of items does, but closer probes do
  kNoise,            ///< neither does: the learner's own noise is too large for the rate
};

/// What can be found out about a planned task, by simulation with the detectors of a live run.
struct Plan {
  /// Whether a stall of progress at this rate is found in time in at least four of five runs.
  bool decidable = false;
  Obstacle obstacle = Obstacle::kNone;
  Delay progress;  ///< from dormant to learning, from the beginning of the growth on
  Delay stall;     ///< the score stays as it is
  Delay fall;      ///< it falls as fast as it rose
  Delay loss;      ///< it drops by `PlanOptions::loss` at once and stays there
  /// The same of a task that was mastered; nothing: fewer than half of the runs come so far within
  /// sixteen doublings of growth.
  std::optional<Delay> mastered_loss = std::nullopt;
  double early_alarms = 0;  ///< share of runs with a false alarm before the change
  std::optional<double> slowest_rate = std::nullopt;   ///< that is decidable here; nothing: none
  std::optional<double> smallest_loss = std::nullopt;  ///< that is found in four of five runs
  /// Fewest items with which the rate is decidable, and probes per doubling where no number of
  /// items does; of the numbers tried.
  std::optional<std::uint32_t> fewest_items = std::nullopt;
  std::optional<double> fewest_probes_per_doubling = std::nullopt;
  double half_width = 0;  ///< of Wilson's interval at a score of 1/2
  /// Lowest score at which a probe counts as mastered; nothing: not even 1 does.
  std::optional<double> mastered_from = std::nullopt;
  std::uint32_t items_to_master = 0;  ///< fewest with which a score of 1 counts as mastered
};

/// Simulated runs that each printed figure rests on.
inline constexpr std::size_t kPlannedRuns = 1000;

/// How much of a plan is worked out.
enum class PlanDepth : std::uint8_t {
  kDelays,  ///< all but mastered_loss, slowest_rate, smallest_loss; items only where undecidable
  kWhole,   ///< everything
};

/// Simulates runs of the task with fixed seeds: the same options give the same plan.
/// Source: docs/statistics.md, "Planning". Errors: kBadConfig with the option that is wrong and
/// what would be right.
/// Cost: about 2 s at 40 probes per doubling, 6 s at 160; half of it for the delays alone. Twice
/// the searches where undecidable.
Result<Plan> make_plan(const PlanOptions& options, PlanDepth depth = PlanDepth::kWhole);

}  // namespace gradus
