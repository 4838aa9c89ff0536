#include "learner/learners/transformer_text.h"

#include "base/invariant.h"

namespace gradus {

void PackedText::pack(const ExampleBatch& batch, std::size_t first, std::size_t last) {
  token.clear();
  position.clear();
  token_begin.assign(1, 0);
  answer_begin.assign(1, 0);
  target.clear();
  target_weight.clear();
  for (std::size_t i = first; i < last; ++i) {
    const std::size_t begin = token.size();
    const bool prompt_known = tokenize(batch.prompt(i), token);
    const std::size_t answer = token.size();
    const bool answer_known = tokenize(batch.answer(i), token);
    invariant(prompt_known && answer_known && begin < answer && answer < token.size() &&
                  token.size() - begin <= kMaxInputTokens,
              "the decoder lets through only what check_text takes");
    for (std::size_t t = begin; t < token.size(); ++t) {
      position.push_back(static_cast<std::uint8_t>(t - begin));
    }
    target.insert(target.end(), token.begin() + static_cast<std::ptrdiff_t>(answer), token.end());
    target.push_back(kEndToken);
    target_weight.resize(target.size(), batch.weight[i]);
    token_begin.push_back(static_cast<std::uint32_t>(token.size()));
    answer_begin.push_back(static_cast<std::uint32_t>(target.size()));
  }
}

}  // namespace gradus
