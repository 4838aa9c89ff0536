#include "progress/position_curves.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/random.h"
#include "probes/position_names.h"

namespace gradus {
namespace {

constexpr double kFloor = 0.1;   // of a position: one digit of ten
constexpr double kLeast = 1e-6;  // scores are cut at it for their logarithm
// How far the score may be from what its positions make of it, as a power of that.
constexpr double kLeastPower = 0.5, kMostPower = 2;

double log_of(double score) { return std::log(std::clamp(score, kLeast, 1.0)); }

}  // namespace

void PositionCurves::begin(std::uint32_t items, std::span<const FacetScore> facets) {
  double all = 0;
  for (std::size_t i = 0; i < facets.size(); ++i) {
    const std::uint32_t have = facets[i].sums.items;
    if (!is_position_name(facets[i].name) || 4 * have < items) continue;
    positions_.push_back({.facet = i,
                          .filter = CurveFilter(kFloor),
                          .noise = LongRunVariance(kForecastSettings),
                          .weight = static_cast<double>(have)});
    all += have;
  }
  for (Position& position : positions_) position.weight /= all;
}

void PositionCurves::add(double u, std::uint32_t items, std::span<const FacetScore> facets) {
  if (!std::exchange(begun_, true)) begin(items, facets);
  u_ = u;
  for (Position& position : positions_) {
    if (position.facet >= facets.size()) continue;
    position.score = std::clamp(facets[position.facet].sums.mean(), 0.0, 1.0);
    position.filter.add(u, position.score, position.noise.value());
    position.noise.add(position.score);
  }
}

void PositionCurves::discount(double share) {
  for (Position& position : positions_) {
    position.filter.discount(share);
    position.noise = LongRunVariance(kForecastSettings);
  }
}

double PositionCurves::log_score() const {
  double sum = 0;
  for (const Position& position : positions_) sum += position.weight * log_of(position.score);
  return sum;
}

CrossingTimes PositionCurves::crossing(double target, double score) {
  // Items differ, so the mean of their geometric means is not that of the positions' means; the
  // power that makes up for it now is taken to stay.
  const double power =
      std::clamp(log_of(score) / std::min(-kLeast, log_score()), kLeastPower, kMostPower);
  SplitMix64 random(1);  // always the same: which curves go together must not flicker
  for (Position& position : positions_) {
    position.filter.draw(position.draws);
    for (std::size_t i = kDraws - 1; i > 0; --i)
      std::swap(position.draws[i], position.draws[random.below(i + 1)]);
  }

  const double needed = std::log(target) / power;
  CrossingTimes::Histogram mass{};
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    const auto reached = [&](std::size_t bin) {
      const double ahead =
          CrossingTimes::kFirst + CrossingTimes::kBinWidth * (static_cast<double>(bin) + 0.5);
      double sum = 0;
      for (const Position& position : positions_)
        sum += position.weight * log_of(position.draws[draw].at(u_ + ahead));
      return sum >= needed;
    };
    std::size_t low = 0, high = mass.size();  // the first bin that reaches it; curves only rise
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (reached(middle))
        high = middle;
      else
        low = middle + 1;
    }
    if (low < mass.size()) mass[low] += 1.0f / kDraws;
  }
  return CrossingTimes::spread(mass);
}

}  // namespace gradus
