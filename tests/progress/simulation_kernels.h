#pragma once

#include <span>

namespace gradus::test {

// The loops over items that a simulation spends its time in, in vector instructions: the functions
// of <cmath> to 4 ulp (libmvec), so a result may differ from a scalar one in its last digits.

/// Box-Muller, cosine branch, as SplitMix64::normal: each of `radii` a uniform, which becomes a
/// standard normal, each of `angles` the one drawn after it. Both of the same length.
void make_normal(std::span<double> radii, std::span<const double> angles);

struct LogisticSums {
  double sum = 0, squares = 0;
};

/// Over items, of q = 1 / (1 + exp(-1.7 (level - difficulty + 0.3 noise))); both of the same
/// length.
LogisticSums sum_logistic(double level, std::span<const double> difficulty,
                          std::span<const double> noise);

}  // namespace gradus::test
