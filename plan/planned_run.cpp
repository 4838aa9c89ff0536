#include "plan/planned_run.h"

#include <algorithm>
#include <cmath>

#include "progress/bands.h"

namespace gradus {
namespace {

constexpr double kMostGrowth = 5;       // doublings before the target
constexpr double kFirstDoublings = 20;  // of the first probe: steps are then fine enough
constexpr double kFoot = 0.05;          // share of the way up where the rest is at least
constexpr double kTop = 0.995;          // share of the way up where a growth to mastery may end
constexpr double kHighest = 0.9999;     // where it ends at the latest: the curve is flat there
constexpr double kLowest = 0.0005;      // share of the way up where nothing more is lost
constexpr double kUsualShare = 0.88;    // of the largest spread over items
constexpr double kFluctuations = 4;     // standard deviations of the ability that are looked up
constexpr std::uint64_t kItemStream = 0x6974656d73;  // tells the items' draws from the noise's

double way(const PlanOptions& options) { return 1 - options.floor; }

/// Width of an item's own rise: the mean of q (1 - q) over items is this width half way up, and
/// with the variance over items it is 1/4. What a probe sees of that variance is in part the items'
/// noise: a bit that flips is not learned at once.
double item_width(const PlanOptions& options) {
  const double seen = std::pow(item_sd_half_way(options), 2);
  const double lasting = std::max(0.0, seen - std::pow(options.item_noise, 2));
  return std::max(0.0, 0.25 - lasting / std::pow(way(options), 2));
}

/// Steepness of the curve where a share of the way is made, against that half way up.
double steepness(double share) { return 4 * share * (1 - share); }

double share_half_way(const PlanOptions& options) {
  return (options.target - options.floor) / 2 / way(options);
}

double ability_rate(const PlanOptions& options) {
  return options.rate / way(options) / steepness(share_half_way(options));
}

/// Share of the way up where a growth to mastery ends at the latest: above the score that counts
/// as mastered, with a quarter of what is missing there.
double mastered_share(const PlanOptions& options) {
  const double from = share_with_wilson_lower(options.target, options.items);
  const double missing = (1 - from) / way(options);
  return std::clamp(1 - missing / 4, kTop, kHighest);
}

/// Where growth ends at the latest.
double end_ability(const PlanOptions& options, PlannedStage stage) {
  return ability_at(stage == PlannedStage::kMastered ? mastered_share(options)
                                                     : share_half_way(options));
}

double foot_ability(const PlanOptions& options, PlannedStage stage) {
  const double grown = stage == PlannedStage::kMastered ? options.target - options.floor
                                                        : share_half_way(options) * way(options);
  return std::max(ability_at(std::min(kFoot, share_half_way(options) / 2)),
                  ability_at(grown / way(options)) - kMostGrowth * ability_rate(options));
}

PlannedItems::Climb climb_of(const PlanOptions& options, PlannedStage stage) {
  const double fluctuation = kFluctuations * options.noise / way(options);
  return {.floor = options.floor,
          .width = item_width(options),
          .lowest = ability_at(kLowest) - fluctuation,
          .highest = end_ability(options, stage) + fluctuation};
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

PlannedRun::PlannedRun(const PlanOptions& options, std::uint64_t seed, PlannedStage stage)
    : options_(options),
      stage_(stage),
      ability_rate_(ability_rate(options)),
      ability_(foot_ability(options, stage)),
      random_(seed),
      items_(options.items, climb_of(options, stage), SplitMix64(seed ^ kItemStream)),
      learner_noise_(options.noise / way(options), options.autocorrelation, random_),
      item_noise_(options.item_noise / std::sqrt(options.items), options.item_autocorrelation,
                  random_),
      monitor_(monitor_options(options), options.items) {
  const unsigned rest = settings_of(options.profile).warm_up;
  for (unsigned i = 0; i < rest; ++i) probe(ability_);
  grow();
}

void PlannedRun::grow() {
  const double foot = ability_, end = end_ability(options_, stage_);
  const double doublings = std::min(kLongestClimb, (end - foot) / ability_rate_);
  const double growth = doublings * options_.probes_per_doubling;
  for (unsigned i = 1; i <= std::ceil(growth); ++i) {
    const double after = i / options_.probes_per_doubling;
    ability_ = std::min(foot + ability_rate_ * after, end);
    const auto move = probe(ability_);
    if (!move) continue;
    if (move->from == Verdict::kDormant) progress_after_ = after;
    alarmed_early_ = alarmed_early_ || is_alarm(move->to);
    if (stage_ == PlannedStage::kMastered && mastered()) return;
  }
}

std::optional<double> PlannedRun::delay_of(PlannedChange change, double loss) const {
  PlannedRun run = *this;
  const double per_doubling = options_.probes_per_doubling;
  const double left = std::max(kLowest, share_at(ability_) - loss / way(options_));
  for (unsigned i = 1; i <= options_.within * per_doubling; ++i) {
    double ability = ability_;
    if (change == PlannedChange::kFall) ability -= ability_rate_ * i / per_doubling;
    if (change == PlannedChange::kLoss) ability = ability_at(left);
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
  // Where the curve is less steep fewer items are within reach, so fewer fluctuate.
  const double within_reach = steepness(share_at(ability));
  const double item_noise = std::sqrt(within_reach) * item_noise_.next(random_);
  const double score = std::clamp(mean.q + item_noise, 0.0, 1.0);
  const double item_sd =
      std::sqrt(mean.sd * mean.sd + within_reach * std::pow(options_.item_noise, 2));
  const double u = kFirstDoublings + probes_ / options_.probes_per_doubling;
  // The band of a task whose items flip, as many do when much is lost at once.
  const Interval safe = band(score, spending_half_width(options_.items, probes_));
  ++probes_;
  return monitor_
      .add({.step = static_cast<Step>(std::llround(std::exp2(u))),
            .score = score,
            .exact = score,
            .item_sd = item_sd,
            .items = options_.items,
            .peek_safe_lower = safe.lower,
            .peek_safe_upper = safe.upper})
      .move;
}

}  // namespace gradus
