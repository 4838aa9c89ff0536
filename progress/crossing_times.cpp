#include "progress/crossing_times.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

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
      const Eigen::ArrayXd bell = (-0.5 * away.square()).exp();
      const Eigen::ArrayXf weights = (bell / bell.sum()).cast<float>();
      kernels_[static_cast<std::size_t>(bin)] = {first, weights_.size(), weights.size()};
      weights_.insert(weights_.end(), weights.begin(), weights.end());
    }
  }

  void add(int bin, float mass, CrossingTimes::Histogram& to) const {
    const Kernel& kernel = kernels_[static_cast<std::size_t>(bin)];
    const Eigen::Map<const Eigen::ArrayXf> weights(&weights_[kernel.begin], kernel.size);
    Eigen::Map<Eigen::Array<float, CrossingTimes::kBins, 1>> out(to.data());
    out.segment(kernel.first, kernel.size) += mass * weights;
  }

 private:
  struct Kernel {
    int first = 0;          // bin
    std::size_t begin = 0;  // among the weights
    Eigen::Index size = 0;
  };
  std::array<Kernel, CrossingTimes::kBins> kernels_;
  std::vector<float> weights_;  // of one bin after the other
};

const Spread& the_spread() {
  static const Spread kSpread;
  return kSpread;
}

}  // namespace

void CrossingTimes::prepare() { the_spread(); }

CrossingTimes CrossingTimes::spread(const Histogram& mass, double unmodelled) {
  const Spread& spread = the_spread();
  CrossingTimes times;
  for (int bin = 0; bin < kBins; ++bin)
    if (mass[static_cast<std::size_t>(bin)] > 0)
      spread.add(bin, mass[static_cast<std::size_t>(bin)], times.cumulated_);
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
