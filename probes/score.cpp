#include "probes/score.h"

#include <algorithm>
#include <cmath>

namespace gradus {

double ScoreSums::sd() const {
  if (items < 2) return 0;
  const double n = items;
  // Rounding can take a sum of equal values a hair below zero.
  return std::sqrt(std::max(0.0, (q_squared - q * q / n) / (n - 1)));
}

}  // namespace gradus
