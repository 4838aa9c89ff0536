#include "learner/learners/transformer_kernels.h"

#include <cmath>

#include "learner/learners/transformer_exp.h"

namespace gradus {
namespace {

// Calls f(column among all, column among answers, count) for the answer positions of each sequence.
template <typename F>
void for_each_answer_span(const PackedText& text, F f) {
  for (std::size_t s = 0; s < text.sequences(); ++s) {
    const Eigen::Index count = text.answer_begin[s + 1] - text.answer_begin[s];
    f(text.token_begin[s + 1] - count, Eigen::Index{text.answer_begin[s]}, count);
  }
}

}  // namespace

template <typename Scalar>
void TransformerKernels<Scalar>::rms_norm(In x, VectorIn gain, VectorOut inverse, Out out) {
  const Scalar width = static_cast<Scalar>(x.rows());
  for (Eigen::Index t = 0; t < x.cols(); ++t) {
    const Scalar scale = 1 / std::sqrt(x.col(t).squaredNorm() / width + Scalar(1e-5));
    inverse[t] = scale;
    out.col(t).array() = x.col(t).array() * gain.array() * scale;
  }
}

template <typename Scalar>
void TransformerKernels<Scalar>::rms_norm_backward(In x, VectorIn gain, VectorIn inverse, In by_out,
                                                   Out by_x, VectorOut by_gain) {
  // With n = x * inverse: by_n = gain * by_out, by_x = inverse * (by_n - n * mean(n * by_n)).
  const Scalar width = static_cast<Scalar>(x.rows());
  by_gain.setZero();
  for (Eigen::Index t = 0; t < x.cols(); ++t) {
    const auto column = x.col(t).array();
    const auto out = by_out.col(t).array();
    const Scalar scale = inverse[t];
    by_gain.array() += column * out * scale;
    const Scalar along = (column * out * gain.array()).sum() * scale * scale * scale / width;
    by_x.col(t).array() += gain.array() * out * scale - column * along;
  }
}

template <typename Scalar>
void TransformerKernels<Scalar>::quick_gelu(Out u, Out out) {
  for (Eigen::Index t = 0; t < u.cols(); ++t) {
    Scalar* const in = &u(0, t);
    Scalar* const to = &out(0, t);
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
      const Scalar exponent = Scalar(-1.702) * in[i];
      const Scalar s = 1 / (1 + fast_exp(exponent > 80 ? Scalar(80) : exponent));
      to[i] = in[i] * s;
      in[i] = s;
    }
  }
}

template <typename Scalar>
void TransformerKernels<Scalar>::quick_gelu_backward(In s, In out, Out gradient) {
  // (u s)' = s + 1.702 u s (1 - s)
  gradient.array() *= s.array() + Scalar(1.702) * out.array() * (1 - s.array());
}

template <typename Scalar>
void TransformerKernels<Scalar>::embed(const PackedText& text, In tokens, In positions, Out x) {
  for (int t = 0; t < text.tokens(); ++t) {
    x.col(t) = tokens.col(text.token[t]) + positions.col(text.position[t]);
  }
  x.rightCols(x.cols() - text.tokens()).setZero();
}

template <typename Scalar>
void TransformerKernels<Scalar>::embed_backward(const PackedText& text, In by_x, Out by_tokens,
                                                Out by_positions) {
  by_tokens.setZero();
  by_positions.setZero();
  for (int t = 0; t < text.tokens(); ++t) {
    by_tokens.col(text.token[t]) += by_x.col(t);
    by_positions.col(text.position[t]) += by_x.col(t);
  }
}

template <typename Scalar>
void TransformerKernels<Scalar>::gather_answers(const PackedText& text, In all, Out answers) {
  for_each_answer_span(text, [&](Eigen::Index from, Eigen::Index to, Eigen::Index count) {
    answers.middleCols(to, count) = all.middleCols(from, count);
  });
  answers.rightCols(answers.cols() - text.answers()).setZero();
}

template <typename Scalar>
void TransformerKernels<Scalar>::scatter_answers(const PackedText& text, In answers, Out all) {
  for_each_answer_span(text, [&](Eigen::Index to, Eigen::Index from, Eigen::Index count) {
    all.middleCols(to, count) += answers.middleCols(from, count);
  });
}

template struct TransformerKernels<float>;
template struct TransformerKernels<double>;

}  // namespace gradus
