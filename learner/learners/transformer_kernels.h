#pragma once

#include <Eigen/Core>

#include "learner/learners/transformer_text.h"
#include "learner/learners/transformer_weights.h"

namespace gradus {

/// The pieces of the transformer that are not matrix products, forward and backward; instantiated
/// for float and double.
/// Shapes: d width, F hidden, T columns; x, out, gradients (d, T) or (F, T); gain (d,); inverse
/// (T,).
/// Threads: pure functions on the caller's memory.
/// Cost: O(elements), no allocation.
template <typename Scalar>
struct TransformerKernels {
  using In = Eigen::Ref<const Matrix<Scalar>>;
  using Out = Eigen::Ref<Matrix<Scalar>>;
  using VectorIn = Eigen::Ref<const Vector<Scalar>>;
  using VectorOut = Eigen::Ref<Vector<Scalar>>;

  /// out = gain * x * inverse with inverse = 1 / sqrt(mean x^2 + 1e-5), column by column.
  /// Source: Zhang, Sennrich 2019, "Root Mean Square Layer Normalization", equation 4.
  static void rms_norm(In x, VectorIn gain, VectorOut inverse, Out out);
  /// Adds the gradient by x to `by_x` and sets that by gain, given the one by rms_norm's output.
  static void rms_norm_backward(In x, VectorIn gain, VectorIn inverse, In by_out, Out by_x,
                                VectorOut by_gain);

  /// Replaces u by s = sigmoid(1.702 u) and sets out = u * s.
  /// Source: Hendrycks, Gimpel 2016, "Gaussian Error Linear Units", section 2.
  static void quick_gelu(Out u, Out out);
  /// Turns the gradient by quick_gelu's output into that by its input, given s and the output.
  static void quick_gelu_backward(In s, In out, Out gradient);

  /// Column t of x = embedding of token t + embedding of its position; columns beyond are zero.
  static void embed(const PackedText& text, In tokens, In positions, Out x);
  /// Sets the gradients by both embeddings.
  static void embed_backward(const PackedText& text, In by_x, Out by_tokens, Out by_positions);

  /// Copies the columns at answer positions side by side; columns beyond are zero.
  static void gather_answers(const PackedText& text, In all, Out answers);
  /// Adds the columns of `answers` back where gather_answers took them.
  static void scatter_answers(const PackedText& text, In answers, Out all);
};

}  // namespace gradus
