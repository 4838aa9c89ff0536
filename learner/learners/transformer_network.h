#pragma once

#include <vector>

#include "learner/learners/transformer_text.h"
#include "learner/learners/transformer_weights.h"

namespace gradus {

/// What one layer keeps from its forward pass for its backward pass. Of every matrix only the first
/// columns are in use: T tokens, or Q queries (all tokens; in the last layer the answer positions).
template <typename Scalar>
struct LayerActivations {
  Matrix<Scalar> x;               ///< (d, T) the residual stream that enters
  Vector<Scalar> x_inverse;       ///< (T,) inverse root mean square
  Matrix<Scalar> normed;          ///< (d, T)
  Matrix<Scalar> normed_query;    ///< (d, Q) last layer only
  Matrix<Scalar> q, kv;           ///< (d, Q), (2d, T)
  Matrix<Scalar> probability;     ///< (16, heads Q)
  Matrix<Scalar> attended;        ///< (d, Q)
  Matrix<Scalar> middle;          ///< (d, Q) after attention
  Vector<Scalar> middle_inverse;  ///< (Q,)
  Matrix<Scalar> middle_normed;   ///< (d, Q)
  Matrix<Scalar> sigmoid;         ///< (4d, Q)
  Matrix<Scalar> hidden;          ///< (4d, Q)
};

/// Gradients on their way down, shared by the layers.
template <typename Scalar>
struct TransformerGradients {
  Matrix<Scalar> x, below;        ///< (d, T) by the residual stream
  Matrix<Scalar> column, hidden;  ///< (d, T), (4d, T)
  Matrix<Scalar> q, kv;           ///< (d, T), (2d, T)
  Matrix<Scalar> logits;          ///< (32, A)
};

/// The number of columns that a forward pass computes for `count` of them: whole blocks of four,
/// since Eigen treats a rest of columns otherwise and the last bits of a column would depend on
/// their number.
constexpr int padded_columns(int count) { return (count + 3) / 4 * 4; }

/// The memory of forward and backward passes; grows to the longest batch and is then reused.
/// Threads: owned by one.
template <typename Scalar>
struct TransformerWorkspace {
  std::vector<LayerActivations<Scalar>> layers;
  Matrix<Scalar> last;          ///< (d, A) the residual stream that leaves
  Vector<Scalar> last_inverse;  ///< (A,)
  Matrix<Scalar> last_normed;   ///< (d, A)
  Matrix<Scalar> probability;   ///< (32, A) of each token at each answer position; filling: 0
  Vector<Scalar> nats;          ///< (A,) minus the log of the right token's probability
  std::vector<Token> best;      ///< (A,) the most probable token
  TransformerGradients<Scalar> gradients;

  /// With room for so many tokens and answer positions.
  TransformerWorkspace(TransformerShape shape, int tokens, int answers);
  void reserve(int tokens, int answers);

 private:
  void allocate();

  TransformerShape shape_;
  int tokens_;  // room for so many, in whole blocks
  int answers_;
};

/// A decoder-only transformer: per layer x += Wo att(rms(x)), x += W2 act(W1 rms(x)); final rms,
/// untied output, no biases; in the last layer everything but keys and values runs at answer
/// positions only.
/// Source: Vaswani et al. 2017; pre-norm after Xiong et al. 2020, "On Layer Normalization in the
/// Transformer Architecture". Departure: packed sequences. Instantiated for float and double.
/// Threads: pure functions on the caller's memory.
/// Cost: about 150 kFLOP a token forward, twice that backward, at width 64 and 2 layers.
template <typename Scalar>
struct TransformerNetwork {
  using Weights = TransformerWeights<Scalar>;
  using Workspace = TransformerWorkspace<Scalar>;

  /// Sets probability, nats and best. Independent of how sequences are packed, bit by bit.
  static void forward(const Weights& weights, const PackedText& text, Workspace& work);
  /// Sets `gradient` to that of the sum over answer positions of target_weight * nats, divided by
  /// the number of answer positions; after forward on the same arguments.
  static void backward(const Weights& weights, const PackedText& text, Workspace& work,
                       Weights& gradient);
};

}  // namespace gradus
