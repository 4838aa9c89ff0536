#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "learner/learners/transformer_weights.h"

namespace gradus {

/// Causal attention of many heads over packed sequences, scale 1/4; instantiated for float and
/// double. The queries of a sequence are its last ones: all in the inner layers, the answer
/// positions in the last.
/// Source: Vaswani et al. 2017, "Attention Is All You Need", 3.2. Departure: all keys of a head are
/// one register block of 16 (kMaxInputTokens), so that no step needs a sum across a register.
/// Shapes: H heads of 16, d = 16 H, T keys, A queries; q, out (d, A); kv (2d, T), keys above
/// values; probability (16, H A), query by query; key_begin, query_begin (n+1,).
/// Threads: pure functions on the caller's memory.
/// Cost: O(16 d A), no allocation.
template <typename Scalar>
struct TransformerAttention {
  using In = Eigen::Ref<const Matrix<Scalar>>;
  using Out = Eigen::Ref<Matrix<Scalar>>;
  using Spans = std::span<const std::uint32_t>;

  /// Sets the probability of each key and the mean of the values.
  static void forward(In q, In kv, Spans key_begin, Spans query_begin, Out probability, Out out);
  /// Sets the gradients by q and by kv.
  static void backward(In q, In kv, Spans key_begin, Spans query_begin, In probability, In by_out,
                       Out by_q, Out by_kv);
};

}  // namespace gradus
