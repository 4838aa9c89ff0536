#include "progress/crossing_times.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr int kWidestKernel = 512;  // bins to one side; four deviations of the last bin are 356

/// Adds the mass of one bin, spread over its neighbours as a normal distribution whose deviation
/// grows with the distance; the weights within the range sum to one.
void spread_bin(int bin, float mass, CrossingTimes::Histogram& to) {
  const double ahead = CrossingTimes::kFirst + CrossingTimes::kBinWidth * (bin + 0.5);
  const double deviation = 0.1 + 0.15 * std::max(0.0, ahead);
  const int reach = static_cast<int>(4 * deviation / CrossingTimes::kBinWidth) + 1;
  const auto scale = static_cast<float>(CrossingTimes::kBinWidth / deviation);

  Eigen::Array<float, Eigen::Dynamic, 1, 0, kWidestKernel, 1> kernel(reach + 1);
  kernel = Eigen::ArrayXf::LinSpaced(reach + 1, 0, static_cast<float>(reach)) * scale;
  kernel = (-0.5f * kernel.square()).exp();
  const int down = std::min(reach, bin), up = std::min(reach, CrossingTimes::kBins - 1 - bin);
  const float total = kernel.head(down + 1).sum() + kernel.head(up + 1).sum() - kernel(0);

  Eigen::Map<Eigen::Array<float, CrossingTimes::kBins, 1>> out(to.data());
  const float share = mass / total;
  out.segment(bin, up + 1) += share * kernel.head(up + 1);
  out.segment(bin - down, down) += share * kernel.segment(1, down).reverse();
}

}  // namespace

CrossingTimes CrossingTimes::spread(const Histogram& mass, double unmodelled) {
  CrossingTimes times;
  for (int bin = 0; bin < kBins; ++bin)
    if (mass[static_cast<std::size_t>(bin)] > 0)
      spread_bin(bin, mass[static_cast<std::size_t>(bin)], times.cumulated_);
  double sum = 0;
  for (float& bin : times.cumulated_) {
    sum += bin;
    bin = static_cast<float>((1 - unmodelled) * sum);
  }
  return times;
}

CrossingTimes CrossingTimes::cumulated(const Histogram& until) {
  CrossingTimes times;
  times.cumulated_ = until;
  return times;
}

double CrossingTimes::until(double doublings) const {
  const auto bin = std::lround((doublings - kFirst) / kBinWidth);
  if (bin < 0) return 0;
  return cumulated_[static_cast<std::size_t>(std::min<long>(bin, kBins - 1))];
}

std::optional<double> CrossingTimes::quantile(double p) const {
  const auto found = std::lower_bound(cumulated_.begin(), cumulated_.end(), p);
  if (found == cumulated_.end() || p <= 0) return std::nullopt;
  return kFirst + kBinWidth * static_cast<double>(found - cumulated_.begin());
}

}  // namespace gradus
