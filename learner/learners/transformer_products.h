#pragma once

#include <Eigen/Core>

#include "learner/learners/transformer_weights.h"

namespace gradus {

/// The transformer's matrix products; instantiated for float and double. Each kind is compiled once
/// here: where it is called, Eigen would compile it anew for every pair of views.
/// Shapes: as the equations say; `out` overlaps neither factor.
/// Threads: pure functions on the caller's memory.
/// Cost: 2 x rows x columns x depth FLOP, no heap allocation up to 1 MiB of packed factors.
template <typename Scalar>
struct TransformerProducts {
  using In = Eigen::Ref<const Matrix<Scalar>>;
  using Out = Eigen::Ref<Matrix<Scalar>>;

  /// out = a b, as in a layer's forward pass: a weights, b activations.
  static void set(Out out, const In& a, const In& b);
  /// out += a b.
  static void add(Out out, const In& a, const In& b);
  /// out = a^T b, the gradient by the activations: a weights, b gradient by the product.
  static void set_transposed(Out out, const In& a, const In& b);
  /// out += a^T b.
  static void add_transposed(Out out, const In& a, const In& b);
  /// out = a b^T, the gradient by the weights: a gradient by the product, b activations.
  static void set_outer(Out out, const In& a, const In& b);
};

}  // namespace gradus
