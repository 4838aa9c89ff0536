#include "progress/crossing_times.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

/// How the mass of each bin is spread over its neighbours: as a normal distribution whose deviation
/// grows with the distance. The weights within the range sum to one. The same for all curves.
class Spread {
 public:
  Spread() {
    for (int bin = 0; bin < CrossingTimes::kBins; ++bin) {
      const double ahead = CrossingTimes::kFirst + CrossingTimes::kBinWidth * (bin + 0.5);
      const double deviation = 0.1 + 0.15 * std::max(0.0, ahead);
      const int reach = static_cast<int>(4 * deviation / CrossingTimes::kBinWidth) + 1;
      const int first = std::max(0, bin - reach);
      const int last = std::min(CrossingTimes::kBins - 1, bin + reach);
      const Eigen::ArrayXd away =
          Eigen::ArrayXd::LinSpaced(last - first + 1, first - bin, last - bin) *
          (CrossingTimes::kBinWidth / deviation);
      const Eigen::ArrayXd weights = (-0.5 * away.square()).exp();
      kernels_[static_cast<std::size_t>(bin)] = {first, (weights / weights.sum()).cast<float>()};
    }
  }

  void add(int bin, float mass, CrossingTimes::Histogram& to) const {
    const auto& [first, weights] = kernels_[static_cast<std::size_t>(bin)];
    Eigen::Map<Eigen::Array<float, CrossingTimes::kBins, 1>> out(to.data());
    out.segment(first, weights.size()) += mass * weights;
  }

 private:
  struct Kernel {
    int first = 0;
    Eigen::ArrayXf weights;
  };
  std::array<Kernel, CrossingTimes::kBins> kernels_;
};

}  // namespace

CrossingTimes CrossingTimes::spread(const Histogram& mass, double unmodelled) {
  static const Spread kSpread;
  CrossingTimes times;
  for (int bin = 0; bin < kBins; ++bin)
    if (mass[static_cast<std::size_t>(bin)] > 0)
      kSpread.add(bin, mass[static_cast<std::size_t>(bin)], times.cumulated_);
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
