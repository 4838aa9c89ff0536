#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <type_traits>

#include "learner/learners/transformer_vocabulary.h"

namespace gradus {

template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <typename Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

/// The size of a transformer; `width` is a multiple of the head size.
struct TransformerShape {
  int width = 64;
  int layers = 2;

  static constexpr int kHeadSize = 16;
  /// Rows of the output matrix: the vocabulary, filled up with zeros to whole registers, so that a
  /// column of the product does not depend on its neighbours.
  static constexpr int kOutputRows = 32;

  int heads() const { return width / kHeadSize; }
  int hidden() const { return 4 * width; }
  bool operator==(const TransformerShape&) const = default;
};

/// The tensors within one vector of weights; `Scalar` is const for a view that only reads.
/// Shapes: d width; tokens (d, 26), positions (d, 16), gains (d,), qkv (3d, d), wo (d, d), w1
/// (4d, d), w2 (d, 4d), output (32, d). Every tensor begins on a multiple of 16 values.
template <typename Scalar>
class TransformerTensors {
  using Value = std::remove_const_t<Scalar>;
  template <typename Plain>
  using Map = Eigen::Map<std::conditional_t<std::is_const_v<Scalar>, const Plain, Plain>,
                         Eigen::AlignedMax>;

 public:
  using MatrixMap = Map<Matrix<Value>>;
  using VectorMap = Map<Vector<Value>>;

  TransformerTensors(Scalar* values, TransformerShape shape)
      : values_(values), d_(shape.width), layers_(shape.layers) {}

  MatrixMap tokens() const { return {values_, d_, kVocabulary}; }
  MatrixMap positions() const { return {values_ + kVocabulary * d_, d_, kMaxInputTokens}; }
  VectorMap attention_gain(int layer) const { return gain(2 * layer); }
  VectorMap mlp_gain(int layer) const { return gain(2 * layer + 1); }
  VectorMap final_gain() const { return gain(2 * layers_); }
  MatrixMap qkv(int layer) const { return {matrices(layer), 3 * d_, d_}; }
  MatrixMap wo(int layer) const { return {matrices(layer) + 3 * d_ * d_, d_, d_}; }
  MatrixMap w1(int layer) const { return {matrices(layer) + 4 * d_ * d_, 4 * d_, d_}; }
  MatrixMap w2(int layer) const { return {matrices(layer) + 8 * d_ * d_, d_, 4 * d_}; }
  MatrixMap output() const { return {matrices(layers_), TransformerShape::kOutputRows, d_}; }

  /// Number of values before the matrices: embeddings and gains, which weight decay leaves alone.
  Eigen::Index undecayed() const { return (kVocabulary + kMaxInputTokens + 2 * layers_ + 1) * d_; }
  Eigen::Index size() const {
    return undecayed() + (12 * layers_ * d_ + TransformerShape::kOutputRows) * d_;
  }

 private:
  VectorMap gain(int i) const { return {values_ + (kVocabulary + kMaxInputTokens + i) * d_, d_}; }
  Scalar* matrices(int layer) const { return values_ + undecayed() + 12 * layer * d_ * d_; }

  Scalar* values_;
  Eigen::Index d_;
  int layers_;
};

/// The weights of a transformer, or anything of their shape: gradients, moments.
/// Threads: owned by one, or immutable.
/// Cost: 103k weights at width 64 and 2 layers.
template <typename Scalar>
struct TransformerWeights {
  TransformerShape shape;
  Vector<Scalar> values;

  /// All zero.
  explicit TransformerWeights(TransformerShape of);

  TransformerTensors<Scalar> tensors() { return {values.data(), shape}; }
  TransformerTensors<const Scalar> tensors() const { return {values.data(), shape}; }
  /// Number of weights that can move: all but the filling of the output matrix.
  std::uint64_t parameters() const;
};

/// Random weights: embeddings N(0, 0.5^2), matrices N(0, 1/fan_in), those that write into the
/// residual stream divided by sqrt(2 layers), output N(0, 0.02^2), gains one.
/// Source: Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", 2.3.
template <typename Scalar>
TransformerWeights<Scalar> random_transformer(TransformerShape shape, std::uint64_t seed);

}  // namespace gradus
