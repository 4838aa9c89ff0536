#include "learner/learners/transformer_weights.h"

#include <cmath>

#include "base/random.h"

namespace gradus {
namespace {

template <typename Map>
void fill_normal(Map tensor, double deviation, SplitMix64& random) {
  using Value = typename Map::Scalar;
  for (Eigen::Index column = 0; column < tensor.cols(); ++column) {
    for (Eigen::Index row = 0; row < tensor.rows(); ++row) {
      tensor(row, column) = static_cast<Value>(deviation * random.normal());
    }
  }
}

}  // namespace

template <typename Scalar>
TransformerWeights<Scalar>::TransformerWeights(TransformerShape of)
    : shape(of), values(Vector<Scalar>::Zero(TransformerTensors<Scalar>(nullptr, of).size())) {}

template <typename Scalar>
std::uint64_t TransformerWeights<Scalar>::parameters() const {
  const int filling = TransformerShape::kOutputRows - kVocabulary;
  return static_cast<std::uint64_t>(values.size() - filling * shape.width);
}

template <typename Scalar>
TransformerWeights<Scalar> random_transformer(TransformerShape shape, std::uint64_t seed) {
  TransformerWeights<Scalar> weights(shape);
  const auto tensors = weights.tensors();
  SplitMix64 random(seed);
  const double fan_d = 1 / std::sqrt(double(shape.width));
  const double fan_hidden = 1 / std::sqrt(double(shape.hidden()));
  const double residual = 1 / std::sqrt(2.0 * shape.layers);
  fill_normal(tensors.tokens(), 0.5, random);
  fill_normal(tensors.positions(), 0.5, random);
  for (int layer = 0; layer < shape.layers; ++layer) {
    tensors.attention_gain(layer).setOnes();
    tensors.mlp_gain(layer).setOnes();
    fill_normal(tensors.qkv(layer), fan_d, random);
    fill_normal(tensors.wo(layer), fan_d * residual, random);
    fill_normal(tensors.w1(layer), fan_d, random);
    fill_normal(tensors.w2(layer), fan_hidden * residual, random);
  }
  tensors.final_gain().setOnes();
  fill_normal(tensors.output().topRows(kVocabulary), 0.02, random);
  return weights;
}

template struct TransformerWeights<float>;
template struct TransformerWeights<double>;
template TransformerWeights<float> random_transformer(TransformerShape, std::uint64_t);
template TransformerWeights<double> random_transformer(TransformerShape, std::uint64_t);

}  // namespace gradus
