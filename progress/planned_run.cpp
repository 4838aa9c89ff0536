#include "progress/planned_run.h"

#include <algorithm>
#include <cmath>

#include "progress/bands.h"

namespace gradus {
namespace {

constexpr double kMostGrowth = 5;       // doublings
constexpr double kFirstDoublings = 20;  // of the first probe: steps are then fine enough
constexpr double kFootWidths = 2;       // widths of an item below the easiest one the rest is
constexpr double kBelowAll = 6;         // widths below it where no item is learned
constexpr double kUsualShare = 0.88;    // of the largest spread over items
constexpr double kFluctuations = 4;     // standard deviations of the ability that are looked up
constexpr double kNarrowest = 0.05;     // ability over which the noise of items sets in
constexpr std::uint64_t kItemStream = 0x6974656d73;  // tells the items' draws from the noise's

double way(const PlanOptions& options) { return 1 - options.floor; }

/// Width of an item's own rise: the mean of q (1 - q) over evenly spread items is this width, and
/// mean q (1 - q) plus the variance over items is 1/4 half way up.
double item_width(const PlanOptions& options) {
  return std::max(0.0, 0.25 - std::pow(item_sd_half_way(options) / way(options), 2));
}

double change_ability(const PlanOptions& options) {
  return (options.target - options.floor) / 2 / way(options);
}

double foot_ability(const PlanOptions& options) {
  return std::max(-kFootWidths * item_width(options),
                  change_ability(options) - kMostGrowth * options.rate / way(options));
}

PlannedItems::Climb climb_of(const PlanOptions& options) {
  const double width = item_width(options), highest = change_ability(options);
  const double fallen = highest - options.within * options.rate / way(options);
  const double fluctuation = kFluctuations * options.noise / way(options);
  return {.floor = options.floor,
          .width = width,
          .lowest = std::min(foot_ability(options), std::max(fallen, -kBelowAll * width)) -
                    fluctuation,
          .highest = highest + fluctuation};
}

MonitorOptions monitor_options(const PlanOptions& options) {
  return {.profile = options.profile,
          .alpha = options.false_alarms_per_run / (2.0 * options.tasks),
          .planned_probes = options.planned_probes,
          .floor = options.floor,
          .target = options.target,
          .foretells = false};
}

bool is_alarm(Verdict verdict) {
  return verdict == Verdict::kStalled || verdict == Verdict::kRegressing;
}

}  // namespace

double item_sd_half_way(const PlanOptions& options) {
  return options.item_sd.value_or(kUsualShare * way(options) / 2);
}

PlannedRun::PlannedRun(const PlanOptions& options, std::uint64_t seed)
    : options_(options),
      ability_rate_(options.rate / way(options)),
      changes_at_(change_ability(options)),
      random_(seed),
      items_(options.items, climb_of(options), SplitMix64(seed ^ kItemStream)),
      learner_noise_(options.noise / way(options), options.autocorrelation, random_),
      item_noise_(options.item_noise / std::sqrt(options.items), options.item_autocorrelation,
                  random_),
      monitor_(monitor_options(options), options.items) {
  const double foot = foot_ability(options);
  const unsigned rest = settings_of(options.profile).warm_up;
  const double growth = (changes_at_ - foot) / ability_rate_ * options.probes_per_doubling;
  for (unsigned i = 0; i < rest; ++i) probe(foot);
  for (unsigned i = 1; i <= std::ceil(growth); ++i) {
    const double after = i / options.probes_per_doubling;
    const auto move = probe(std::min(foot + ability_rate_ * after, changes_at_));
    if (!move) continue;
    if (move->from == Verdict::kDormant) progress_after_ = after;
    alarmed_early_ = alarmed_early_ || is_alarm(move->to);
  }
}

std::optional<double> PlannedRun::delay_of(PlannedChange change, double loss) const {
  PlannedRun run = *this;
  const double per_doubling = options_.probes_per_doubling;
  for (unsigned i = 1; i <= options_.within * per_doubling; ++i) {
    double ability = changes_at_;
    if (change == PlannedChange::kFall) ability -= ability_rate_ * i / per_doubling;
    if (change == PlannedChange::kLoss) ability -= loss / way(options_);
    const auto move = run.probe(ability);
    if (!move) continue;
    const bool found =
        change == PlannedChange::kStall ? is_alarm(move->to) : move->to == Verdict::kRegressing;
    if (found) return i / per_doubling;
  }
  return std::nullopt;
}

std::optional<VerdictMove> PlannedRun::probe(double ability) {
  const PlannedItems::Mean mean = items_.at(ability + learner_noise_.next(random_));
  // At the foot of the curve few items are within reach, so fewer fluctuate.
  const double width = std::max(item_width(options_), kNarrowest);
  const double within_reach = std::sqrt(1 / (1 + std::exp(-ability / width)));
  const double score = std::clamp(mean.q + within_reach * item_noise_.next(random_), 0.0, 1.0);
  const double u = kFirstDoublings + probes_ / options_.probes_per_doubling;
  const double below = spending_half_width(options_.items, probes_);
  ++probes_;
  return monitor_
      .add({.step = static_cast<Step>(std::llround(std::exp2(u))),
            .score = score,
            .exact = score,
            .item_sd = mean.sd,
            .items = options_.items,
            .peek_safe_lower = std::max(0.0, score - below)})
      .move;
}

}  // namespace gradus
