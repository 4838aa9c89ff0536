#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/example_batch.h"
#include "learner/learners/transformer_vocabulary.h"

namespace gradus {

/// Tokenised questions side by side without padding. Sequence s is prompt and answer; the columns
/// that predict the answer and its end are its last ones: the answer positions.
/// Shapes: n sequences, T tokens, A answer positions; token, position (T,); token_begin,
/// answer_begin (n+1,); target, target_weight (A,).
/// Threads: owned by one.
/// Cost: no allocation once the columns have grown.
struct PackedText {
  std::vector<Token> token;
  std::vector<std::uint8_t> position;
  std::vector<std::uint32_t> token_begin{0};
  std::vector<std::uint32_t> answer_begin{0};
  std::vector<Token> target;         ///< the right token at each answer position
  std::vector<float> target_weight;  ///< the example's weight, at each answer position

  /// Replaces the content with examples [first, last) of `batch`, which all pass
  /// check_transformer_text.
  void pack(const ExampleBatch& batch, std::size_t first, std::size_t last);

  std::size_t sequences() const { return token_begin.size() - 1; }
  int tokens() const { return static_cast<int>(token.size()); }
  int answers() const { return static_cast<int>(target.size()); }
};

}  // namespace gradus
