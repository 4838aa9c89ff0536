#pragma once

#include <cstdint>

#include "base/step.h"
#include "learner/learners/transformer_weights.h"

namespace gradus {

/// Warm-up, constant, then inverse square root: needs no run length.
/// rate(n, updates) = peak * min(1, updates / 200) * min(1, sqrt(200000 / n)).
/// Source: Zhai et al. 2022, "Scaling Vision Transformers", 3.5, without cooldown.
double transformer_learning_rate(double peak, std::uint64_t updates, Step step);

/// AdamW with decoupled weight decay on matrices only and the gradient's global norm clipped to 1:
/// betas 0.9 and 0.98, epsilon 1e-8, decay 0.01.
/// Source: Loshchilov, Hutter 2019, "Decoupled Weight Decay Regularization", Algorithm 2; clipping:
/// Pascanu et al. 2013, "On the difficulty of training recurrent neural networks".
/// Threads: owned by one.
/// Cost: O(weights), no allocation.
struct AdamW {
  std::uint64_t updates = 0;
  TransformerWeights<float> first;   ///< moving mean of the gradient
  TransformerWeights<float> second;  ///< moving mean of its square

  explicit AdamW(TransformerShape shape) : first(shape), second(shape) {}

  /// One update with a gradient of finite norm `gradient_norm`; a rate of 0 leaves every weight.
  void update(const TransformerWeights<float>& gradient, double gradient_norm, double rate,
              TransformerWeights<float>& weights);
};

}  // namespace gradus
