#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "plan/plan_options.h"
#include "plan/planned_run.h"
#include "progress/bands.h"

namespace gradus {
namespace {

constexpr std::uint64_t kFirstSeed = 40'000'000;
constexpr std::size_t kSearchedRuns = 50;  // of each number that a search tries: the first of them
constexpr double kPower = 0.8;
constexpr double kMostProbesPerDoubling = 160;  // that a plan suggests
constexpr std::uint32_t kItemCounts[] = {8,   12,  16,  24,  32,   48,   64,   96,   128, 192,
                                         256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096};

using Delays = std::vector<std::optional<double>>;

/// Candidates four to each factor of two, from `from` up to `to`.
std::vector<double> four_an_octave(double from, double to) {
  std::vector<double> all;
  for (int i = 0; from * std::exp2(i / 4.0) <= to; ++i) all.push_back(from * std::exp2(i / 4.0));
  return all;
}

/// The first candidate that holds, where all that follow it hold too; nothing: none does.
template <typename Value>
std::optional<Value> first_that(const std::vector<Value>& candidates,
                                const std::function<bool(Value)>& holds) {
  const auto found = std::partition_point(candidates.begin(), candidates.end(),
                                          [&](Value value) { return !holds(value); });
  if (found == candidates.end()) return std::nullopt;
  return *found;
}

Delay summary(const Delays& delays) {
  constexpr double kNever = 1e9;
  std::vector<double> sorted;
  for (const auto& delay : delays) sorted.push_back(delay.value_or(kNever));
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) -> std::optional<double> {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    const double value = sorted[place];
    return value < kNever ? std::optional(value) : std::nullopt;
  };
  const auto found = std::count_if(delays.begin(), delays.end(),
                                   [](const auto& delay) { return delay.has_value(); });
  return {.found = static_cast<double>(found) / static_cast<double>(delays.size()),
          .median = at(0.5),
          .p90 = at(0.9)};
}

/// Whether at least four of five runs hold; stops as soon as that is sure.
bool usually(std::size_t runs, const std::function<bool(std::size_t)>& holds) {
  const auto needed = static_cast<std::size_t>(std::ceil(kPower * static_cast<double>(runs)));
  std::size_t held = 0;
  for (std::size_t run = 0; run < runs && held < needed; ++run) {
    held += holds(run) ? 1 : 0;
    if (held + (runs - run - 1) < needed) return false;
  }
  return held >= needed;
}

bool usually_finds_stalls(const PlanOptions& options) {
  return usually(kSearchedRuns, [&](std::size_t run) {
    const PlannedRun planned(options, kFirstSeed + run);
    return planned.delay_of(PlannedChange::kStall, 0).has_value();
  });
}

void measure(const PlanOptions& options, const std::vector<PlannedRun>& runs, Plan& plan) {
  Delays progress, stall, fall, loss;
  for (const PlannedRun& run : runs) {
    progress.push_back(run.progress_after());
    stall.push_back(run.delay_of(PlannedChange::kStall, 0));
    fall.push_back(run.delay_of(PlannedChange::kFall, 0));
    loss.push_back(run.delay_of(PlannedChange::kLoss, options.loss));
    plan.early_alarms += run.alarmed_early() ? 1.0 / static_cast<double>(runs.size()) : 0;
  }
  plan.progress = summary(progress);
  plan.stall = summary(stall);
  plan.fall = summary(fall);
  plan.loss = summary(loss);
}

std::optional<Delay> find_mastered_loss(const PlanOptions& options) {
  Delays delays;
  for (std::size_t run = 0; run < kPlannedRuns; ++run) {
    const PlannedRun planned(options, kFirstSeed + run, PlannedStage::kMastered);
    if (planned.mastered()) delays.push_back(planned.delay_of(PlannedChange::kLoss, options.loss));
    const std::size_t others = run + 1 - delays.size();
    if (2 * others > kPlannedRuns) return std::nullopt;
  }
  return summary(delays);
}

bool is_decidable_at(PlanOptions options, double rate) {
  options.rate = rate;
  return rate > StallReference{}.lowest_rate && usually_finds_stalls(options);
}

/// Any decidable rate near the planned one: twice as fast and more, then half as fast and less,
/// since progress can also be too fast for the probes.
std::optional<double> find_decidable_rate(const PlanOptions& options) {
  constexpr double kFastest = 1;
  for (double rate = 2 * options.rate; rate <= kFastest; rate *= 2)
    if (is_decidable_at(options, rate)) return rate;
  for (double rate = options.rate / 2; rate > StallReference{}.lowest_rate; rate /= 2)
    if (is_decidable_at(options, rate)) return rate;
  return std::nullopt;
}

std::optional<double> find_slowest_rate(const PlanOptions& options, bool decidable) {
  const auto known = decidable ? std::optional(options.rate) : find_decidable_rate(options);
  if (!known) return std::nullopt;
  const auto candidates = four_an_octave(StallReference{}.lowest_rate, *known);
  const auto slower =
      first_that<double>(candidates, [&](double rate) { return is_decidable_at(options, rate); });
  return slower ? slower : known;
}

std::optional<double> find_smallest_loss(const PlanOptions& options,
                                         const std::vector<PlannedRun>& runs) {
  const double all = (options.target - options.floor) / 2;  // what was gained before the change
  return first_that<double>(four_an_octave(0.01, all), [&](double loss) {
    return usually(kSearchedRuns, [&](std::size_t run) {
      return runs[run].delay_of(PlannedChange::kLoss, loss).has_value();
    });
  });
}

std::optional<std::uint32_t> find_fewest_items(const PlanOptions& options, bool decidable) {
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t items : kItemCounts)
    if (decidable == (items < options.items)) candidates.push_back(items);
  if (decidable) candidates.push_back(options.items);
  return first_that<std::uint32_t>(candidates, [&](std::uint32_t items) {
    if (items == options.items) return true;
    PlanOptions other = options;
    other.items = items;
    return usually_finds_stalls(other);
  });
}

/// Closer probes see the same fluctuation, so neighbours are more alike.
std::optional<double> find_fewest_probes(const PlanOptions& options) {
  std::vector<double> factors;
  const double most = kMostProbesPerDoubling / options.probes_per_doubling;
  for (const double factor : four_an_octave(1, most))
    if (factor > 1) factors.push_back(factor);
  const auto denser = [&](double factor) {
    PlanOptions other = options;
    other.probes_per_doubling = std::ceil(options.probes_per_doubling * factor);
    other.autocorrelation = std::pow(options.autocorrelation, 1 / factor);
    other.item_autocorrelation = std::pow(options.item_autocorrelation, 1 / factor);
    return other;
  };
  const auto factor =
      first_that<double>(factors, [&](double each) { return usually_finds_stalls(denser(each)); });
  if (!factor) return std::nullopt;
  return denser(*factor).probes_per_doubling;
}

/// What stands in the way of an undecidable rate, with what would help.
void find_obstacle(const PlanOptions& options, Plan& plan) {
  if (options.rate <= StallReference{}.lowest_rate) {
    plan.obstacle = Obstacle::kSlowerThanStall;
    return;
  }
  plan.fewest_items = find_fewest_items(options, false);
  if (plan.fewest_items) {
    plan.obstacle = Obstacle::kItems;
    return;
  }
  plan.fewest_probes_per_doubling = find_fewest_probes(options);
  plan.obstacle = plan.fewest_probes_per_doubling ? Obstacle::kSchedule : Obstacle::kNoise;
}

void measure_bands(const PlanOptions& options, Plan& plan) {
  const Interval half = wilson(0.5, options.items);
  plan.half_width = (half.upper - half.lower) / 2;
  // Wilson's lower bound of a score of 1 is m / (m + z^2).
  plan.items_to_master = static_cast<std::uint32_t>(
      std::ceil(kZ95 * kZ95 * options.target / (1 - options.target) - 1e-9));
  const double from = share_with_wilson_lower(options.target, options.items);
  if (from <= 1) plan.mastered_from = from;
}

}  // namespace

Result<Plan> make_plan(const PlanOptions& options, PlanDepth depth) {
  if (auto valid = check_plan_options(options); !valid) return tl::unexpected(valid.error());
  Plan plan;
  measure_bands(options, plan);
  std::vector<PlannedRun> runs;
  runs.reserve(kPlannedRuns);
  for (std::size_t run = 0; run < kPlannedRuns; ++run) runs.emplace_back(options, kFirstSeed + run);
  measure(options, runs, plan);
  plan.decidable = plan.stall.found >= kPower && options.rate > StallReference{}.lowest_rate;
  if (!plan.decidable) find_obstacle(options, plan);
  if (depth == PlanDepth::kDelays) return plan;
  if (plan.decidable) plan.fewest_items = find_fewest_items(options, true);
  plan.slowest_rate = find_slowest_rate(options, plan.decidable);
  plan.smallest_loss = find_smallest_loss(options, runs);
  if (plan.mastered_from) plan.mastered_loss = find_mastered_loss(options);
  return plan;
}

}  // namespace gradus
