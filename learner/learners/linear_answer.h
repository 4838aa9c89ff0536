#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "learner/learners/linear_loss.h"
#include "learner/learners/linear_state.h"

namespace gradus {

/// What a prediction is worth once the right answer is known.
struct LinearAnswer {
  double q = 0;
  double log_loss = 0;
  bool exact = false;
};

/// The log loss of an answer that was given no probability stays finite.
inline constexpr double kSmallestProbability = 1e-6;

/// A prediction of the margin between two classes, kept where the loss is finite. NaN, which only
/// opposing infinities give, becomes 0.
template <typename Loss>
double clamp_margin(double p) {
  return std::isnan(p) ? 0 : std::clamp(p, -Loss::kLimit, Loss::kLimit);
}

/// Two classes, the right one being y = 1 or -1: q is its probability; 1 is meant where p is above
/// 0.
template <typename Loss>
LinearAnswer answer_binary(double p, double y) {
  const double q = Loss::probability(y * p);
  return {q, -std::log(std::max(q, kSmallestProbability)), (p > 0) == (y > 0)};
}

/// More classes: q is the share of the right class in the sum of the models' probabilities, and
/// even shares where that sum is 0; the class of the largest prediction is meant, the first of
/// equals.
template <typename Loss>
LinearAnswer answer_classes(std::span<const double> p, std::size_t right) {
  double sum = 0;
  for (const double margin : p) sum += Loss::probability(margin);
  const double q = sum > 0 ? Loss::probability(p[right]) / sum : 1 / static_cast<double>(p.size());
  const auto best = std::max_element(p.begin(), p.end());
  return {q, -std::log(std::max(q, kSmallestProbability)),
          static_cast<std::size_t>(best - p.begin()) == right};
}

/// Numbers: q falls linearly from 1 to 0 as the error grows to the range of the labels seen so far
/// (0 included); log loss is -ln q, for comparison only. No number is ever counted as exact.
inline LinearAnswer answer_number(double p, double label, const LabelRange& range) {
  const double error = std::fabs(p - label);
  const double width = range.high - range.low;
  const double q = error < width ? 1 - error / width : error > 0 ? 0 : 1;
  return {q, -std::log(std::max(q, kSmallestProbability)), false};
}

}  // namespace gradus
