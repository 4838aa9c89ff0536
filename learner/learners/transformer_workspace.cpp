#include <algorithm>

#include "learner/learners/transformer_network.h"

namespace gradus {

template <typename Scalar>
TransformerWorkspace<Scalar>::TransformerWorkspace(TransformerShape shape, int tokens, int answers)
    : layers(static_cast<std::size_t>(shape.layers)),
      shape_(shape),
      tokens_(padded_columns(tokens)),
      answers_(padded_columns(answers)) {
  allocate();
}

template <typename Scalar>
void TransformerWorkspace<Scalar>::reserve(int tokens, int answers) {
  if (tokens <= tokens_ && answers <= answers_) return;
  tokens_ = std::max(padded_columns(tokens), tokens_);
  answers_ = std::max(padded_columns(answers), answers_);
  allocate();
}

template <typename Scalar>
void TransformerWorkspace<Scalar>::allocate() {
  const int d = shape_.width;
  for (auto& layer : layers) {
    const bool is_last = &layer == &layers.back();
    const int queries = is_last ? answers_ : tokens_;
    layer.x.setZero(d, tokens_);
    layer.x_inverse.setZero(tokens_);
    layer.normed.setZero(d, tokens_);
    layer.normed_query.setZero(d, is_last ? answers_ : 0);
    layer.q.setZero(d, queries);
    layer.kv.setZero(2 * d, tokens_);
    layer.probability.setZero(kMaxInputTokens, shape_.heads() * queries);
    layer.attended.setZero(d, queries);
    layer.middle.setZero(d, queries);
    layer.middle_inverse.setZero(queries);
    layer.middle_normed.setZero(d, queries);
    layer.sigmoid.setZero(shape_.hidden(), queries);
    layer.hidden.setZero(shape_.hidden(), queries);
  }
  last.setZero(d, answers_);
  last_inverse.setZero(answers_);
  last_normed.setZero(d, answers_);
  probability.setZero(TransformerShape::kOutputRows, answers_);
  nats.setZero(answers_);
  best.resize(static_cast<std::size_t>(answers_));
  const int columns = std::max(tokens_, answers_);
  gradients.x.setZero(d, columns);
  gradients.below.setZero(d, columns);
  gradients.column.setZero(d, columns);
  gradients.hidden.setZero(shape_.hidden(), columns);
  gradients.q.setZero(d, columns);
  gradients.kv.setZero(2 * d, columns);
  gradients.logits.setZero(TransformerShape::kOutputRows, answers_);
}

template struct TransformerWorkspace<float>;
template struct TransformerWorkspace<double>;

}  // namespace gradus
