#include <cmath>

#include "learner/learners/transformer_attention.h"
#include "learner/learners/transformer_exp.h"
#include "learner/learners/transformer_kernels.h"
#include "learner/learners/transformer_network.h"
#include "learner/learners/transformer_products.h"

namespace gradus {
namespace {

// One layer, from its x to `out`, which is the next layer's x.
template <typename Scalar>
void layer_forward(const TransformerWeights<Scalar>& weights, int index, const PackedText& text,
                   LayerActivations<Scalar>& layer, Matrix<Scalar>& out) {
  using Kernels = TransformerKernels<Scalar>;
  using Products = TransformerProducts<Scalar>;
  const auto tensors = weights.tensors();
  const bool is_last = index + 1 == weights.shape.layers;
  const int d = weights.shape.width;
  const int tokens = padded_columns(text.tokens());
  const int queries = is_last ? padded_columns(text.answers()) : tokens;
  const auto x = layer.x.leftCols(tokens);
  auto normed = layer.normed.leftCols(tokens);
  auto q = layer.q.leftCols(queries);
  auto kv = layer.kv.leftCols(tokens);
  auto attended = layer.attended.leftCols(queries);
  auto middle = layer.middle.leftCols(queries);
  auto middle_normed = layer.middle_normed.leftCols(queries);
  auto hidden = layer.hidden.leftCols(queries);
  auto sigmoid = layer.sigmoid.leftCols(queries);

  Kernels::rms_norm(x, tensors.attention_gain(index), layer.x_inverse.head(tokens), normed);
  Products::set(kv, tensors.qkv(index).bottomRows(2 * d), normed);
  if (is_last) {
    auto normed_query = layer.normed_query.leftCols(queries);
    Kernels::gather_answers(text, normed, normed_query);
    Kernels::gather_answers(text, x, middle);
    Products::set(q, tensors.qkv(index).topRows(d), normed_query);
  } else {
    middle = x;
    Products::set(q, tensors.qkv(index).topRows(d), normed);
  }
  TransformerAttention<Scalar>::forward(
      q, kv, text.token_begin, is_last ? text.answer_begin : text.token_begin,
      layer.probability.leftCols(weights.shape.heads() * queries), attended);
  Products::add(middle, tensors.wo(index), attended);
  Kernels::rms_norm(middle, tensors.mlp_gain(index), layer.middle_inverse.head(queries),
                    middle_normed);
  Products::set(sigmoid, tensors.w1(index), middle_normed);
  Kernels::quick_gelu(sigmoid, hidden);
  out.leftCols(queries) = middle;
  Products::add(out.leftCols(queries), tensors.w2(index), hidden);
}

// Softmax over the vocabulary at one answer position.
template <typename Scalar>
void predict(TransformerWorkspace<Scalar>& work, Token target, Eigen::Index answer) {
  auto column = work.probability.col(answer);
  auto logits = column.template head<kVocabulary>();
  Eigen::Index best = 0;
  const Scalar highest = logits.maxCoeff(&best);
  const Scalar right = logits[target] - highest;
  for (int row = 0; row < kVocabulary; ++row) column[row] = fast_exp(column[row] - highest);
  column.template tail<TransformerShape::kOutputRows - kVocabulary>().setZero();
  const Scalar sum = column.sum();
  column /= sum;
  work.nats[answer] = std::log(sum) - right;
  work.best[static_cast<std::size_t>(answer)] = static_cast<Token>(best);
}

}  // namespace

template <typename Scalar>
void TransformerNetwork<Scalar>::forward(const Weights& weights, const PackedText& text,
                                         Workspace& work) {
  const auto tensors = weights.tensors();
  const int answers = padded_columns(text.answers());
  work.reserve(text.tokens(), answers);
  TransformerKernels<Scalar>::embed(text, tensors.tokens(), tensors.positions(),
                                    work.layers[0].x.leftCols(padded_columns(text.tokens())));
  for (int index = 0; index < weights.shape.layers; ++index) {
    const auto next = static_cast<std::size_t>(index) + 1;
    layer_forward(weights, index, text, work.layers[next - 1],
                  next < work.layers.size() ? work.layers[next].x : work.last);
  }
  auto normed = work.last_normed.leftCols(answers);
  TransformerKernels<Scalar>::rms_norm(work.last.leftCols(answers), tensors.final_gain(),
                                       work.last_inverse.head(answers), normed);
  TransformerProducts<Scalar>::set(work.probability.leftCols(answers), tensors.output(), normed);
  for (int answer = 0; answer < text.answers(); ++answer) {
    predict(work, text.target[static_cast<std::size_t>(answer)], answer);
  }
}

template void TransformerNetwork<float>::forward(const Weights&, const PackedText&, Workspace&);
template void TransformerNetwork<double>::forward(const Weights&, const PackedText&, Workspace&);

}  // namespace gradus
