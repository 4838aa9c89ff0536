#include "learner/learners/transformer_attention.h"

#include <array>
#include <limits>

#include "learner/learners/transformer_exp.h"

namespace gradus {
namespace {

constexpr int kLanes = TransformerShape::kHeadSize;
static_assert(kLanes == kMaxInputTokens, "a head's keys and a head's channels fill one block");

template <typename Scalar>
using Block = Eigen::Array<Scalar, kLanes, 1>;
template <typename Scalar>
using Blocks = std::array<Block<Scalar>, kLanes>;
template <typename Scalar>
using BlockIn = Eigen::Map<const Block<Scalar>, Eigen::AlignedMax>;
template <typename Scalar>
using BlockOut = Eigen::Map<Block<Scalar>, Eigen::AlignedMax>;

// One head of one sequence: where its keys, values and queries stand.
struct Head {
  Eigen::Index row;      // first channel in q; the keys' too
  Eigen::Index key;      // first column in kv
  Eigen::Index keys;     // number of them
  Eigen::Index query;    // first column in q
  Eigen::Index queries;  // number of them: those of the last positions
  Eigen::Index last_key(Eigen::Index i) const { return keys - queries + i; }
};

template <typename F>
void for_each_head(Eigen::Index width, std::span<const std::uint32_t> key_begin,
                   std::span<const std::uint32_t> query_begin, F f) {
  for (std::size_t s = 0; s + 1 < key_begin.size(); ++s) {
    for (Eigen::Index row = 0; row < width; row += kLanes) {
      f(Head{row, key_begin[s], key_begin[s + 1] - key_begin[s], query_begin[s],
             query_begin[s + 1] - query_begin[s]});
    }
  }
}

// turned[c][j] = channel c of column j; zero beyond the sequence, so that every lane is finite.
template <typename Scalar>
void transpose(const Eigen::Ref<const Matrix<Scalar>>& kv, Eigen::Index row, const Head& head,
               Blocks<Scalar>& turned) {
  for (auto& block : turned) block.setZero();
  for (Eigen::Index j = 0; j < head.keys; ++j) {
    const Scalar* const column = &kv.coeffRef(row, head.key + j);
    for (int c = 0; c < kLanes; ++c) turned[c][j] = column[c];
  }
}

// Lane j of the result: the product of `vector` with column j of the transposed block.
template <typename Scalar>
Block<Scalar> times(const Scalar* vector, const Blocks<Scalar>& turned) {
  Block<Scalar> even = vector[0] * turned[0];
  Block<Scalar> odd = vector[1] * turned[1];
  for (int c = 2; c < kLanes; c += 2) {
    even += vector[c] * turned[c];
    odd += vector[c + 1] * turned[c + 1];
  }
  return even + odd;
}

// Row `last`: 0 for the keys up to it, the lowest number for those after it.
template <typename Scalar>
using Masks = std::array<std::array<Scalar, kLanes>, kLanes>;

template <typename Scalar>
constexpr Masks<Scalar> causal_masks() {
  Masks<Scalar> masks{};
  for (int last = 0; last < kLanes; ++last) {
    for (int j = last + 1; j < kLanes; ++j) masks[last][j] = std::numeric_limits<Scalar>::lowest();
  }
  return masks;
}
template <typename Scalar>
alignas(64) constexpr Masks<Scalar> kMasks = causal_masks<Scalar>();

// Exactly 0 after key `last`.
template <typename Scalar>
Block<Scalar> softmax_up_to(const Block<Scalar>& product, Eigen::Index last) {
  Block<Scalar> score = product * Scalar(0.25) + BlockIn<Scalar>(kMasks<Scalar>[last].data());
  score -= score.maxCoeff();
  for (int j = 0; j < kLanes; ++j) score[j] = fast_exp(score[j]);
  return score / score.sum();
}

}  // namespace

template <typename Scalar>
void TransformerAttention<Scalar>::forward(In q, In kv, Spans key_begin, Spans query_begin,
                                           Out probability, Out out) {
  const Eigen::Index width = q.rows();
  Blocks<Scalar> keys;
  for_each_head(width, key_begin, query_begin, [&](const Head& head) {
    transpose<Scalar>(kv, head.row, head, keys);
    for (Eigen::Index i = 0; i < head.queries; ++i) {
      const Eigen::Index column = head.query + i;
      const Block<Scalar> p =
          softmax_up_to(times(&q.coeffRef(head.row, column), keys), head.last_key(i));
      Block<Scalar> sum = Block<Scalar>::Zero();
      for (Eigen::Index j = 0; j <= head.last_key(i); ++j) {
        sum += p[j] * BlockIn<Scalar>(&kv.coeffRef(width + head.row, head.key + j));
      }
      BlockOut<Scalar>(&probability.coeffRef(0, (column * width + head.row) / kLanes)) = p;
      BlockOut<Scalar>(&out.coeffRef(head.row, column)) = sum;
    }
  });
}

template <typename Scalar>
void TransformerAttention<Scalar>::backward(In q, In kv, Spans key_begin, Spans query_begin,
                                            In probability, In by_out, Out by_q, Out by_kv) {
  const Eigen::Index width = q.rows();
  Blocks<Scalar> values, by_key, by_value;
  for_each_head(width, key_begin, query_begin, [&](const Head& head) {
    transpose<Scalar>(kv, width + head.row, head, values);
    for (Eigen::Index j = 0; j < head.keys; ++j) {
      by_key[j].setZero();
      by_value[j].setZero();
    }
    for (Eigen::Index i = 0; i < head.queries; ++i) {
      const Eigen::Index column = head.query + i;
      const BlockIn<Scalar> p(&probability.coeffRef(0, (column * width + head.row) / kLanes));
      const BlockIn<Scalar> query(&q.coeffRef(head.row, column));
      const BlockIn<Scalar> out(&by_out.coeffRef(head.row, column));
      const Block<Scalar> by_p = times(&by_out.coeffRef(head.row, column), values);
      const Block<Scalar> by_score = p * (by_p - (p * by_p).sum()) * Scalar(0.25);
      Block<Scalar> by_query = Block<Scalar>::Zero();
      for (Eigen::Index j = 0; j <= head.last_key(i); ++j) {
        by_query += by_score[j] * BlockIn<Scalar>(&kv.coeffRef(head.row, head.key + j));
        by_key[j] += by_score[j] * query;
        by_value[j] += p[j] * out;
      }
      BlockOut<Scalar>(&by_q.coeffRef(head.row, column)) = by_query;
    }
    for (Eigen::Index j = 0; j < head.keys; ++j) {
      BlockOut<Scalar>(&by_kv.coeffRef(head.row, head.key + j)) = by_key[j];
      BlockOut<Scalar>(&by_kv.coeffRef(width + head.row, head.key + j)) = by_value[j];
    }
  });
}

template struct TransformerAttention<float>;
template struct TransformerAttention<double>;

}  // namespace gradus
