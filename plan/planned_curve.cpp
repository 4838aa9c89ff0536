#include "plan/planned_curve.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr int kIntervals = 128;       // of the table; an item's rise is seldom narrower than one
constexpr double kWidest = 12;        // widths from its difficulty an item is learned or not at all
constexpr double kCurveWidth = 0.25;  // of the mean over all items: rises by 1 per ability half way

/// Scale of the difficulties. A logistic spread of difficulties and the items' own width add up as
/// variances do, to the width of the curve.
double spread_of(double width) {
  return std::sqrt(std::max(0.0, kCurveWidth * kCurveWidth - width * width));
}

/// How far one item is learned at abilities that rise by equal steps: 1 / (1 + exp(-distance)),
/// with one exponential for all of them.
class RisingItem {
 public:
  RisingItem(double difficulty, double width, double step)
      : difficulty_(difficulty),
        width_(width),
        per_step_(width > 0 ? std::exp(-step / width) : 0) {}

  double learned(double ability) {
    const double distance = ability - difficulty_;
    if (std::abs(distance) >= kWidest * width_) return distance >= 0 ? 1 : 0;
    odds_against_ = begun_ ? odds_against_ * per_step_ : std::exp(-distance / width_);
    begun_ = true;
    return 1 / (1 + odds_against_);
  }

 private:
  double difficulty_, width_, per_step_;
  double odds_against_ = 0;
  bool begun_ = false;
};

}  // namespace

double share_at(double ability) { return 1 / (1 + std::exp(-ability / kCurveWidth)); }

double ability_at(double share) { return kCurveWidth * std::log(share / (1 - share)); }

PlannedItems::PlannedItems(std::uint32_t items, const Climb& climb, SplitMix64 random)
    : lowest_(climb.lowest),
      step_((climb.highest - climb.lowest) / kIntervals),
      table_(kIntervals + 1) {
  std::vector<double> squares(table_.size());
  for (std::uint32_t item = 0; item < items; ++item) {
    const double difficulty = ability_at(random.uniform()) * spread_of(climb.width) / kCurveWidth;
    RisingItem rising(difficulty, climb.width, step_);
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const double ability = lowest_ + step_ * static_cast<double>(i);
      const double q = climb.floor + (1 - climb.floor) * rising.learned(ability);
      table_[i].q += q / items;
      squares[i] += q * q / items;
    }
  }
  for (std::size_t i = 0; i < table_.size(); ++i)
    table_[i].sd = std::sqrt(std::max(0.0, squares[i] - table_[i].q * table_[i].q));
}

PlannedItems::Mean PlannedItems::at(double ability) const {
  const double place = std::clamp((ability - lowest_) / step_, 0.0, double{kIntervals});
  const auto before = std::min<std::size_t>(static_cast<std::size_t>(place), kIntervals - 1);
  const double share = place - static_cast<double>(before);
  const Mean &low = table_[before], &high = table_[before + 1];
  return {low.q + share * (high.q - low.q), low.sd + share * (high.sd - low.sd)};
}

PlannedNoise::PlannedNoise(double sd, double autocorrelation, SplitMix64& random)
    : sd_(sd), autocorrelation_(autocorrelation), value_(sd * random.normal()) {}

double PlannedNoise::next(SplitMix64& random) {
  const double fresh = sd_ * std::sqrt(1 - autocorrelation_ * autocorrelation_);
  value_ = autocorrelation_ * value_ + fresh * random.normal();
  return value_;
}

}  // namespace gradus
