#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/step.h"
#include "learner/learner.h"
#include "learner/learners/sparse_row.h"

namespace gradus {

enum class LinearLoss : std::uint8_t { kSquared, kLogistic, kHinge, kQuantile };

struct LinearOptions {
  LinearLoss loss = LinearLoss::kSquared;
  unsigned bits = 18;
  std::uint32_t classes = 0;  ///< 0: numbers; 2: one model; k > 2: k models, one against all
  double learning_rate = 0.5;
  double power_t = 0.5;
  double l1 = 0;
  double l2 = 0;
  double quantile_tau = 0.5;
  LearnerSetup setup;

  std::size_t models() const { return classes > 2 ? classes : 1; }
};

/// What the learner knows of one feature: weight, sum of squared gradients, largest magnitude seen
/// and the rate of the update under way, together in 16 bytes so that a term costs one cache line.
struct LinearSlot {
  float weight = 0;
  float gradients = 0;
  float scale = 0;
  float rate = 0;
};

/// The range that predictions of numbers are kept in: that of the labels seen, 0 included.
struct LabelRange {
  double low = 0;
  double high = 0;

  void include(double label);
  double clamp(double p) const;
};

/// Everything the linear learner remembers; the slots of a feature's models lie side by side.
/// Shapes: slots (2^bits * models,), norms (models,).
struct LinearState {
  /// Sum over examples of the normalised squared features, and of importance: their ratio restores
  /// the average size of an example.
  struct Norm {
    double features = 0;
    double importance = 0;
  };

  explicit LinearState(const LinearOptions& the_options);

  /// The learning rate that the next example is learned with.
  double rate() const;
  /// Appends the state; `load` replaces it, also by one of format 1. Slots that no example touched
  /// take no room. Errors: kCorrupt, state unchanged.
  void save(ByteWriter& out) const;
  Result<void> load(ByteReader& in);

  LinearOptions options;
  std::vector<LinearSlot> slots;
  std::vector<Norm> norms;
  LabelRange range;
  double contraction = 1;  ///< l2, lazily: every weight counts this much
  double gravity = 0;      ///< l1, lazily: every weight is this much nearer to zero
  Step examples = 0;
  double weight_square = 0;  ///< sum of squared weights, kept up to date
  double gradient_norm = 0;  ///< of the last update
};

/// The weight that is left after `gravity` pulled it towards zero.
inline float truncated(float weight, float gravity) {
  if (weight > gravity) return weight - gravity;
  return weight < -gravity ? weight + gravity : 0.0F;
}

/// Sum of weight times value, `weight` being a function of the index. In double, where a product
/// of two floats is exact: live and frozen models then agree to the bit however this is compiled.
template <typename Weight>
double weighted_sum(std::span<const SparseTerm> terms, Weight weight) {
  double sum = 0;
  for (const SparseTerm& term : terms)
    sum += static_cast<double>(weight(term.index)) * static_cast<double>(term.value);
  return sum;
}

}  // namespace gradus
