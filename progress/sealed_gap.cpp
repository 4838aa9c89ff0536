#include "progress/sealed_gap.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gradus {
namespace {

constexpr int kFirstDoubling = 9;  // the first look is at 512 examples or before

/// Variance of a mean of items. A right and a wrong answer are added (Agresti and Caffo 2000):
/// where all items of a set are known alike, their spread would be nothing.
double variance_of_mean(const ScoreSums& sums) {
  const double n = sums.items + 2.0;
  const double mean = (sums.q + 1) / n;
  const double spread = std::max(0.0, (sums.q_squared + 1) / n - mean * mean);
  return spread / (n - 1);
}

/// A model whose answers are not numbers gives no right ones.
double sound(double value) { return std::isfinite(value) ? value : 0; }

ScoreSums sound(ScoreSums sums) {
  sums.q = sound(sums.q);
  sums.q_squared = sound(sums.q_squared);
  return sums;
}

}  // namespace

double two_sided_quantile(double alpha) {
  double low = 0, high = 40;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (std::erfc(middle / std::sqrt(2.0)) > alpha ? low : high) = middle;
  }
  return low;
}

SealedGap sealed_gap(const Score& open, const Score& sealed, double alpha) {
  const ScoreSums first = sound(open.sums), second = sound(sealed.sums);
  const int doubling = static_cast<int>(std::bit_width(sealed.step)) - 1;
  const double look = std::max(1, doubling - kFirstDoubling + 1);
  const double z = two_sided_quantile(alpha / (look * (look + 1)));
  const double half = z * std::sqrt(variance_of_mean(first) + variance_of_mean(second));
  const double gap = first.mean() - second.mean();
  return {.step = sealed.step,
          .items = second.items,
          .score = second.mean(),
          .gap = gap,
          .lower = std::max(-1.0, gap - half),
          .upper = std::min(1.0, gap + half)};
}

}  // namespace gradus
