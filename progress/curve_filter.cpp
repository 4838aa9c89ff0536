#include "progress/curve_filter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradus {
namespace {

constexpr double kDiscrepancy = 0.02;  // tau: what a real curve differs from any formula, per 1/4
constexpr double kDiscrepancySpan = 0.25;  // doubling, for which the difference is the same
constexpr double kFirstSpacing = 0.025;    // doublings that the first score stands for
constexpr double kMidpointStep = 0.4;
constexpr double kBeforeFirst = 3;     // doublings that the grid begins before the first score
constexpr double kCeilingScale = 0.2;  // of the exponential prior on what is missing to 1
constexpr float kNegligible = 25;      // nats below the best cell
constexpr std::array<double, CurveFilter::kCeilings> kCeilingGrid{.3,  .4, .5,  .55, .6,  .65, .7,
                                                                  .75, .8, .84, .88, .92, .96, 1};

}  // namespace

CurveFilter::CurveFilter(double floor)
    : floor_(floor), log_likelihood_(decltype(log_likelihood_)::Zero(kLanes, kRows)) {
  log_likelihood_.bottomRows<kLanes - kMidpoints>() = -std::numeric_limits<float>::infinity();
  for (int i = 0; i < kSteepnesses; ++i)
    steepness_[static_cast<std::size_t>(i)] = 0.15 * std::pow(4 / 0.15, i / 13.0);
  // The grid of ceilings lies between the floor and 1 as it does between 0 and 1 without one.
  for (std::size_t i = 0; i < kCeilingGrid.size(); ++i)
    ceiling_[i] = floor + (1 - floor) * kCeilingGrid[i];
}

Eigen::Index CurveFilter::column(int family, int steepness, int ceiling) {
  return (family * kSteepnesses + steepness) * kCeilings + ceiling;
}

CurveFilter::Row CurveFilter::midpoints() const {
  const double last = first_midpoint_ + kMidpointStep * (kLanes - 1);
  return Row::LinSpaced(kLanes, static_cast<float>(first_midpoint_), static_cast<float>(last));
}

CurveFilter::Shapes CurveFilter::shapes(double u, int steepness) const {
  const auto k = static_cast<float>(steepness_[static_cast<std::size_t>(steepness)]);
  return growth_shapes(Row(k * (static_cast<float>(u) - midpoints())));
}

void CurveFilter::slide_midpoints(double u) {
  // A midpoint far ahead says the same of the past as the one before it.
  while (first_midpoint_ + kMidpointStep * (kMidpoints - 1) < u + CrossingTimes::kEver) {
    for (Eigen::Index cell = 0; cell < log_likelihood_.cols(); ++cell) {
      float* row = log_likelihood_.col(cell).data();
      std::copy(row + 1, row + kMidpoints, row);
    }
    first_midpoint_ += kMidpointStep;
  }
}

void CurveFilter::add(double u, double score, double noise) {
  if (!begun_) first_midpoint_ = u - kBeforeFirst;
  const double passed = begun_ ? u - last_u_ : kFirstSpacing;
  begun_ = true;
  last_u_ = u;
  slide_midpoints(u);

  const double variance =
      noise + kDiscrepancy * kDiscrepancy * std::max(1.0, kDiscrepancySpan / passed);
  const auto keep = static_cast<float>(std::exp2(-passed));
  const auto weight = static_cast<float>(0.5 / variance);
  const auto risen = static_cast<float>(score - floor_);
  for (int k = 0; k < kSteepnesses; ++k) {
    const Shapes shape = shapes(u, k);
    for (int family = 0; family < kFamilies; ++family)
      for (int c = 0; c < kCeilings; ++c) {
        const auto rise = static_cast<float>(ceiling_[static_cast<std::size_t>(c)] - floor_);
        auto row = log_likelihood_.col(column(family, k, c));
        row =
            keep * row - weight * (risen - rise * shape[static_cast<std::size_t>(family)]).square();
      }
  }
}

float CurveFilter::log_weight_of(int ceiling) const {
  return static_cast<float>(-(1 - ceiling_[static_cast<std::size_t>(ceiling)]) / kCeilingScale);
}

CurveFilter::Weighing CurveFilter::weigh(const std::optional<Midpoint>& expected) const {
  Weighing weighing;
  if (expected)
    weighing.prior = -0.5f * ((midpoints() - static_cast<float>(expected->mean)) /
                              static_cast<float>(expected->deviation))
                                 .square();
  for (Eigen::Index row = 0; row < log_likelihood_.cols(); ++row)
    weighing.best = std::max(weighing.best, (log_likelihood_.col(row) + weighing.prior).maxCoeff() +
                                                log_weight_of(static_cast<int>(row % kCeilings)));
  return weighing;
}

CurveFilter::Row CurveFilter::log_weights(const Weighing& weighing, Eigen::Index row) const {
  return log_likelihood_.col(row) + weighing.prior +
         (log_weight_of(static_cast<int>(row % kCeilings)) - weighing.best);
}

/// Calls take(family, steepness, ceiling, weights over midpoints) for each row of cells whose
/// weights are not negligible, and gives the sum of all weights.
template <typename Take>
double CurveFilter::for_each_row(const Weighing& weighing, Take take) const {
  double total = 0;
  for (int family = 0; family < kFamilies; ++family)
    for (int k = 0; k < kSteepnesses; ++k)
      for (int c = 0; c < kCeilings; ++c) {
        const Row log_weights = this->log_weights(weighing, column(family, k, c));
        if (log_weights.maxCoeff() < -kNegligible) continue;
        const Row weights = log_weights.exp();
        total += weights.sum();
        take(family, k, c, weights);
      }
  return total;
}

CrossingTimes CurveFilter::crossing(double target, const std::optional<Midpoint>& expected) const {
  // Neighbouring midpoints are so many bins apart; bins are kept by their rest, so that a row of
  // weights goes to neighbouring places.
  constexpr int kStride = 8;
  constexpr int kPlaces = CrossingTimes::kBins / kStride;
  static_assert(kStride * kPlaces == CrossingTimes::kBins);
  Eigen::Array<float, kPlaces, kStride> mass = decltype(mass)::Zero();
  const Weighing weighing = weigh(expected);
  const double total = for_each_row(weighing, [&](int family, int k, int c, const Row& weights) {
    const double ceiling = ceiling_[static_cast<std::size_t>(c)];
    if (ceiling <= target) return;  // never
    const double share = std::max(1e-9, (target - floor_) / (ceiling - floor_));
    const double steepness = steepness_[static_cast<std::size_t>(k)];
    const double ahead =
        first_midpoint_ - last_u_ + inverse_growth_shape(family, share) / steepness;
    const double bin = std::floor((ahead - CrossingTimes::kFirst) / CrossingTimes::kBinWidth);
    const double place = std::clamp(std::floor(bin / kStride), -1e6, 1e6);
    const auto rest = static_cast<int>(std::clamp(bin - kStride * place, 0.0, kStride - 1.0));
    const auto first = static_cast<int>(place);
    const int before = std::clamp(-first, 0, kMidpoints);  // crossed before the first bin
    const int within = std::clamp(kPlaces - first, before, kMidpoints);
    mass(0, 0) += weights.head(before).sum();
    if (before == within) return;
    mass.col(rest).segment(first + before, within - before) +=
        weights.segment(before, within - before);
  });
  CrossingTimes::Histogram bins{};
  for (int bin = 0; bin < CrossingTimes::kBins; ++bin)
    bins[static_cast<std::size_t>(bin)] =
        static_cast<float>(mass(bin / kStride, bin % kStride) / total);
  return CrossingTimes::spread(bins);
}

Midpoint CurveFilter::midpoint() const {
  Row mass = Row::Zero();
  const double total =
      for_each_row(weigh(), [&](int, int, int, const Row& weights) { mass += weights; });
  const Eigen::Array<double, kLanes, 1> z = midpoints().cast<double>();
  const Eigen::Array<double, kLanes, 1> share = mass.cast<double>() / total;
  const double mean = (share * z).sum();
  return {mean, std::sqrt((share * (z - mean).square()).sum())};
}

void CurveFilter::draw(std::span<GrowthCurve> curves) const {
  struct WeighedRow {
    int family, k, c;
    double weight;
  };
  std::array<WeighedRow, kRows> rows;
  std::size_t kept = 0;
  const Weighing weighing = weigh();
  const double total = for_each_row(weighing, [&](int family, int k, int c, const Row& weights) {
    rows[kept++] = {family, k, c, weights.sum()};
  });

  const double share = total / static_cast<double>(curves.size());
  double passed = 0, next = 0.5 * share;
  std::size_t drawn = 0;
  for (const auto [family, k, c, weight] : std::span(rows).first(kept)) {
    if (passed + weight <= next) {
      passed += weight;
      continue;
    }
    const Row weights = log_weights(weighing, column(family, k, c)).exp();
    GrowthCurve curve{.family = family,
                      .steepness = steepness_[static_cast<std::size_t>(k)],
                      .midpoint = first_midpoint_,
                      .ceiling = ceiling_[static_cast<std::size_t>(c)],
                      .floor = floor_};
    for (int i = 0; i < kMidpoints; ++i, curve.midpoint += kMidpointStep)
      for (passed += weights(i); passed > next && drawn < curves.size(); next += share)
        curves[drawn++] = curve;
  }
  // What rounding leaves out is like the last one.
  for (; drawn > 0 && drawn < curves.size(); ++drawn) curves[drawn] = curves[drawn - 1];
}

ScoreQuantiles CurveFilter::score_ahead(double doublings, double noise) const {
  constexpr int kCells = 200;  // of the score
  std::array<double, kCells> mass{};
  std::array<Shapes, kSteepnesses> ahead;
  for (int k = 0; k < kSteepnesses; ++k)
    ahead[static_cast<std::size_t>(k)] = shapes(last_u_ + doublings, k);
  const auto take = [&](int family, int k, int c, const Row& weights) {
    const auto rise = static_cast<float>(ceiling_[static_cast<std::size_t>(c)] - floor_);
    const Row& shape = ahead[static_cast<std::size_t>(k)][static_cast<std::size_t>(family)];
    const Row place = (static_cast<float>(floor_) + rise * shape) * (kCells - 1.0f);
    for (int i = 0; i < kMidpoints; ++i) mass[static_cast<std::size_t>(place(i))] += weights(i);
  };
  const double total = for_each_row(weigh(), take);

  // The score is each curve's value with the noise and the discrepancy around it.
  const double deviation = std::sqrt(noise + kDiscrepancy * kDiscrepancy);
  std::array<double, 2 * kCells> below;  // of a curve's cell, by how far it lies under the score
  for (int i = 0; i < 2 * kCells; ++i)
    below[static_cast<std::size_t>(i)] =
        0.5 * std::erfc((kCells - i) / (kCells * deviation * std::numbers::sqrt2));
  ScoreQuantiles quantiles{};
  std::size_t next = 0;
  for (int cell = 0; cell < kCells && next < quantiles.size(); ++cell) {
    double sum = 0;
    for (int of = 0; of < kCells; ++of)
      sum +=
          mass[static_cast<std::size_t>(of)] * below[static_cast<std::size_t>(kCells + cell - of)];
    while (next < quantiles.size() && sum >= total * 0.05 * static_cast<double>(next + 1))
      quantiles[next++] = static_cast<float>((cell + 0.5) / kCells);
  }
  while (next < quantiles.size()) quantiles[next++] = 1;
  return quantiles;
}

}  // namespace gradus
