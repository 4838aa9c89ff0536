#include <algorithm>

#include "learner/learners/transformer_network.h"

namespace gradus {

template <typename Scalar>
TransformerWorkspace<Scalar>::TransformerWorkspace(TransformerShape shape, int tokens, int answers)
    : layers(static_cast<std::size_t>(shape.layers)), shape_(shape) {
  reserve(tokens, answers);
}

template <typename Scalar>
void TransformerWorkspace<Scalar>::reserve(int tokens, int answers) {
  if (tokens <= tokens_ && answers <= answers_) return;
  tokens_ = std::max(tokens, tokens_);
  answers_ = std::max(answers, answers_);
  const int d = shape_.width;
  for (auto& layer : layers) {
    const bool is_last = &layer == &layers.back();
    const int queries = is_last ? answers_ : tokens_;
    layer.x.resize(d, tokens_);
    layer.x_inverse.resize(tokens_);
    layer.normed.resize(d, tokens_);
    layer.normed_query.resize(d, is_last ? answers_ : 0);
    layer.q.resize(d, queries);
    layer.kv.resize(2 * d, tokens_);
    layer.probability.resize(kMaxInputTokens, shape_.heads() * queries);
    layer.attended.resize(d, queries);
    layer.middle.resize(d, queries);
    layer.middle_inverse.resize(queries);
    layer.middle_normed.resize(d, queries);
    layer.sigmoid.resize(shape_.hidden(), queries);
    layer.hidden.resize(shape_.hidden(), queries);
  }
  last.resize(d, answers_);
  last_inverse.resize(answers_);
  last_normed.resize(d, answers_);
  probability.resize(TransformerShape::kOutputRows, answers_);
  nats.resize(answers_);
  best.resize(static_cast<std::size_t>(answers_));
  const int columns = std::max(tokens_, answers_);
  gradients.x.resize(d, columns);
  gradients.below.resize(d, columns);
  gradients.column.resize(d, columns);
  gradients.hidden.resize(shape_.hidden(), columns);
  gradients.q.resize(d, columns);
  gradients.kv.resize(2 * d, columns);
  gradients.logits.resize(TransformerShape::kOutputRows, answers_);
}

template struct TransformerWorkspace<float>;
template struct TransformerWorkspace<double>;

}  // namespace gradus
