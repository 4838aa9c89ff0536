#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "learner/learners/transformer_weights.h"

namespace gradus::testing {

/// The transformer as its equations stand, for one sequence: every layer at every position, one
/// number at a time, no products of matrices; the independent reference of the tests.
class ReferenceTransformer {
 public:
  using Rows = std::vector<std::vector<double>>;  // position by position

  explicit ReferenceTransformer(const TransformerWeights<double>& weights)
      : weights_(weights), tensors_(weights_.tensors()) {}

  /// The log-probabilities of the vocabulary after each input token.
  Rows log_probabilities(std::span<const Token> input) const {
    Rows x;
    for (std::size_t t = 0; t < input.size(); ++t) {
      std::vector<double> row;
      for (int i = 0; i < width(); ++i) {
        row.push_back(tensors_.tokens()(i, input[t]) +
                      tensors_.positions()(i, static_cast<Eigen::Index>(t)));
      }
      x.push_back(row);
    }
    for (int layer = 0; layer < weights_.shape.layers; ++layer) {
      add(x, attention(normed(x, tensors_.attention_gain(layer)), layer));
      add(x, mlp(normed(x, tensors_.mlp_gain(layer)), layer));
    }
    Rows logits = times(tensors_.output(), normed(x, tensors_.final_gain()));
    for (auto& row : logits) {
      row.resize(kVocabulary);
      double sum = 0;
      for (const double logit : row) sum += std::exp(logit);
      for (double& logit : row) logit -= std::log(sum);
    }
    return logits;
  }

 private:
  int width() const { return weights_.shape.width; }

  static void add(Rows& x, const Rows& more) {
    for (std::size_t t = 0; t < x.size(); ++t) {
      for (std::size_t i = 0; i < x[t].size(); ++i) x[t][i] += more[t][i];
    }
  }

  template <typename Gain>
  static Rows normed(Rows x, const Gain& gain) {
    for (auto& row : x) {
      double squares = 0;
      for (const double value : row) squares += value * value;
      const double root = std::sqrt(squares / static_cast<double>(row.size()) + 1e-5);
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] *= gain[static_cast<Eigen::Index>(i)] / root;
      }
    }
    return x;
  }

  template <typename Map>
  static Rows times(const Map& matrix, const Rows& x) {
    Rows out;
    for (const auto& row : x) {
      std::vector<double> product(static_cast<std::size_t>(matrix.rows()), 0);
      for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
          product[static_cast<std::size_t>(i)] += matrix(i, j) * row[static_cast<std::size_t>(j)];
        }
      }
      out.push_back(product);
    }
    return out;
  }

  Rows mlp(const Rows& x, int layer) const {
    Rows hidden = times(tensors_.w1(layer), x);
    for (auto& row : hidden) {
      for (double& u : row) u /= 1 + std::exp(-1.702 * u);
    }
    return times(tensors_.w2(layer), hidden);
  }

  Rows attention(const Rows& x, int layer) const {
    const Rows qkv = times(tensors_.qkv(layer), x);
    const auto d = static_cast<std::size_t>(width());
    Rows heads(x.size(), std::vector<double>(d, 0));
    for (std::size_t t = 0; t < x.size(); ++t) {
      for (std::size_t head = 0; head < d; head += 16) {
        std::vector<double> share;
        double sum = 0;
        for (std::size_t past = 0; past <= t; ++past) {
          double score = 0;
          for (std::size_t c = head; c < head + 16; ++c) score += qkv[t][c] * qkv[past][d + c];
          share.push_back(std::exp(score / 4));
          sum += share.back();
        }
        for (std::size_t past = 0; past <= t; ++past) {
          for (std::size_t c = head; c < head + 16; ++c) {
            heads[t][c] += share[past] / sum * qkv[past][2 * d + c];
          }
        }
      }
    }
    return times(tensors_.wo(layer), heads);
  }

  const TransformerWeights<double>& weights_;
  TransformerTensors<const double> tensors_;
};

}  // namespace gradus::testing
