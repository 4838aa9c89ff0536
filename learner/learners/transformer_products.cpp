#include "learner/learners/transformer_products.h"

namespace gradus {

template <typename Scalar>
void TransformerProducts<Scalar>::set(Out out, const In& a, const In& b) {
  out.setZero();
  add(out, a, b);
}

template <typename Scalar>
void TransformerProducts<Scalar>::add(Out out, const In& a, const In& b) {
  out.noalias() += a * b;
}

template <typename Scalar>
void TransformerProducts<Scalar>::set_transposed(Out out, const In& a, const In& b) {
  out.setZero();
  add_transposed(out, a, b);
}

template <typename Scalar>
void TransformerProducts<Scalar>::add_transposed(Out out, const In& a, const In& b) {
  out.noalias() += a.transpose() * b;
}

template <typename Scalar>
void TransformerProducts<Scalar>::set_outer(Out out, const In& a, const In& b) {
  out.setZero();
  out.noalias() += a * b.transpose();
}

template struct TransformerProducts<float>;
template struct TransformerProducts<double>;

}  // namespace gradus
