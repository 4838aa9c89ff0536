#include "learner/learners/transformer_attention.h"
#include "learner/learners/transformer_kernels.h"
#include "learner/learners/transformer_network.h"
#include "learner/learners/transformer_products.h"

namespace gradus {
namespace {

// The second half of a layer: from the gradient by what leaves it (in gradients.x) to that by
// `middle` (there too).
template <typename Scalar>
void mlp_backward(const TransformerWeights<Scalar>& weights, int index, int queries,
                  const LayerActivations<Scalar>& layer, TransformerGradients<Scalar>& by,
                  TransformerWeights<Scalar>& gradient) {
  using Kernels = TransformerKernels<Scalar>;
  using Products = TransformerProducts<Scalar>;
  const auto tensors = weights.tensors();
  const auto to = gradient.tensors();
  const auto hidden = layer.hidden.leftCols(queries);
  auto by_x = by.x.leftCols(queries);
  auto by_hidden = by.hidden.leftCols(queries);
  auto by_normed = by.column.leftCols(queries);
  Products::set_outer(to.w2(index), by_x, hidden);
  Products::set_transposed(by_hidden, tensors.w2(index), by_x);
  Kernels::quick_gelu_backward(layer.sigmoid.leftCols(queries), hidden, by_hidden);
  Products::set_outer(to.w1(index), by_hidden, layer.middle_normed.leftCols(queries));
  Products::set_transposed(by_normed, tensors.w1(index), by_hidden);
  Kernels::rms_norm_backward(layer.middle.leftCols(queries), tensors.mlp_gain(index),
                             layer.middle_inverse.head(queries), by_normed, by_x,
                             to.mlp_gain(index));
}

// The first half of a layer: from the gradient by `middle` (in gradients.x) to that by x (there
// too).
template <typename Scalar>
void attention_backward(const TransformerWeights<Scalar>& weights, int index,
                        const PackedText& text, const LayerActivations<Scalar>& layer,
                        TransformerGradients<Scalar>& by, TransformerWeights<Scalar>& gradient) {
  using Kernels = TransformerKernels<Scalar>;
  using Products = TransformerProducts<Scalar>;
  const auto tensors = weights.tensors();
  const auto to = gradient.tensors();
  const bool is_last = index + 1 == weights.shape.layers;
  const int d = weights.shape.width;
  const int tokens = text.tokens();
  const int queries = is_last ? text.answers() : tokens;
  const auto normed = layer.normed.leftCols(tokens);
  const auto normed_query =
      is_last ? layer.normed_query.leftCols(queries) : layer.normed.leftCols(queries);
  auto by_middle = by.x.leftCols(queries);
  auto by_attended = by.column.leftCols(queries);
  auto by_q = by.q.leftCols(queries);
  auto by_kv = by.kv.leftCols(tokens);
  Products::set_outer(to.wo(index), by_middle, layer.attended.leftCols(queries));
  Products::set_transposed(by_attended, tensors.wo(index), by_middle);
  TransformerAttention<Scalar>::backward(
      layer.q.leftCols(queries), layer.kv.leftCols(tokens), text.token_begin,
      is_last ? text.answer_begin : text.token_begin,
      layer.probability.leftCols(weights.shape.heads() * queries), by_attended, by_q, by_kv);
  Products::set_outer(to.qkv(index).topRows(d), by_q, normed_query);
  Products::set_outer(to.qkv(index).bottomRows(2 * d), by_kv, normed);

  auto by_normed = by.below.leftCols(tokens);
  Products::set_transposed(by_normed, tensors.qkv(index).bottomRows(2 * d), by_kv);
  if (is_last) {
    auto by_normed_query = by.column.leftCols(queries);
    Products::set_transposed(by_normed_query, tensors.qkv(index).topRows(d), by_q);
    Kernels::scatter_answers(text, by_normed_query, by_normed);
    by_normed_query = by_middle;
    by.x.leftCols(tokens).setZero();
    Kernels::scatter_answers(text, by_normed_query, by.x.leftCols(tokens));
  } else {
    Products::add_transposed(by_normed, tensors.qkv(index).topRows(d), by_q);
  }
  Kernels::rms_norm_backward(layer.x.leftCols(tokens), tensors.attention_gain(index),
                             layer.x_inverse.head(tokens), by_normed, by.x.leftCols(tokens),
                             to.attention_gain(index));
}

// The gradient by the logits of the mean over answer positions of weight * nats.
template <typename Scalar>
void loss_backward(const PackedText& text, const TransformerWorkspace<Scalar>& work,
                   Eigen::Ref<Matrix<Scalar>> by_logits) {
  for (Eigen::Index answer = 0; answer < by_logits.cols(); ++answer) {
    const auto a = static_cast<std::size_t>(answer);
    by_logits.col(answer) = work.probability.col(answer);
    by_logits(text.target[a], answer) -= 1;
    by_logits.col(answer) *= Scalar(text.target_weight[a]) / Scalar(text.answers());
  }
}

}  // namespace

template <typename Scalar>
void TransformerNetwork<Scalar>::backward(const Weights& weights, const PackedText& text,
                                          Workspace& work, Weights& gradient) {
  using Products = TransformerProducts<Scalar>;
  const auto tensors = weights.tensors();
  const auto to = gradient.tensors();
  auto& by = work.gradients;
  const int answers = text.answers();
  auto by_logits = by.logits.leftCols(answers);
  auto by_normed = by.column.leftCols(answers);
  loss_backward<Scalar>(text, work, by_logits);
  Products::set_outer(to.output(), by_logits, work.last_normed.leftCols(answers));
  Products::set_transposed(by_normed, tensors.output(), by_logits);
  by.x.leftCols(answers).setZero();
  TransformerKernels<Scalar>::rms_norm_backward(work.last.leftCols(answers), tensors.final_gain(),
                                                work.last_inverse.head(answers), by_normed,
                                                by.x.leftCols(answers), to.final_gain());
  for (int index = weights.shape.layers - 1; index >= 0; --index) {
    const auto& layer = work.layers[static_cast<std::size_t>(index)];
    const bool is_last = index + 1 == weights.shape.layers;
    mlp_backward(weights, index, is_last ? answers : text.tokens(), layer, by, gradient);
    attention_backward(weights, index, text, layer, by, gradient);
  }
  TransformerKernels<Scalar>::embed_backward(text, by.x.leftCols(text.tokens()), to.tokens(),
                                             to.positions());
}

template void TransformerNetwork<float>::backward(const Weights&, const PackedText&, Workspace&,
                                                  Weights&);
template void TransformerNetwork<double>::backward(const Weights&, const PackedText&, Workspace&,
                                                   Weights&);

}  // namespace gradus
