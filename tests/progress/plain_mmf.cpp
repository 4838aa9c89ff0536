#include "tests/progress/plain_mmf.h"

#include <algorithm>
#include <cmath>

namespace gradus::test {

PlainMmf::PlainMmf() : logistic_(kSteepnesses * kMidpoints) {
  for (const double ceiling : {.3, .4, .5, .55, .6, .65, .7, .75, .8, .84, .88, .92, .96, 1.0})
    for (int k = 0; k < kSteepnesses; ++k)
      for (int z = 0; z < kMidpoints; ++z)
        cells_.push_back({ceiling, 0.15 * std::pow(4 / 0.15, k / 13.0), 2 + 0.4 * z, 0});
}

void PlainMmf::add(double u, double score, double noise) {
  u_ = u;
  for (std::size_t i = 0; i < logistic_.size(); ++i)
    logistic_[i] = 1 + std::exp(-cells_[i].steepness * (u - cells_[i].midpoint));
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const double value = cells_[i].ceiling / logistic_[i % logistic_.size()];
    cells_[i].log_likelihood -= (score - value) * (score - value) / (2 * noise);
  }
}

CrossingTimes PlainMmf::crossing(double target) const {
  const auto best =
      std::max_element(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) {
        return a.log_likelihood < b.log_likelihood;
      })->log_likelihood;
  CrossingTimes::Histogram mass{};
  double total = 0;
  for (const Cell& cell : cells_) {
    const double weight = std::exp(cell.log_likelihood - best);
    total += weight;
    if (cell.ceiling <= target) continue;
    const double crosses =
        cell.midpoint + std::log(target / (cell.ceiling - target)) / cell.steepness;
    const double bin = (crosses - u_ - CrossingTimes::kFirst) / CrossingTimes::kBinWidth;
    if (bin < CrossingTimes::kBins)
      mass[static_cast<std::size_t>(std::max(0.0, bin))] += static_cast<float>(weight);
  }
  double until = 0;
  for (float& bin : mass) {
    until += bin / total;
    bin = static_cast<float>(until);
  }
  return CrossingTimes::cumulated(mass);
}

}  // namespace gradus::test
