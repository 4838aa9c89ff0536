#pragma once

#include "learner/learners/transformer_weights.h"
#include "learner/predictor.h"

namespace gradus {

/// The immutable copy of a transformer: one teacher-forced pass answers everything.
/// The answer given is the most probable token at each position, cut at the end token; it is right
/// exactly where greedy decoding would be, since both agree up to the first wrong token.
/// Threads: any, also at once; each call has its own memory.
/// Cost: about 20 us an item.
class TransformerPredictor final : public Predictor {
 public:
  explicit TransformerPredictor(TransformerWeights<float> weights) : weights_(std::move(weights)) {}

  void score(const ExampleBatch& items, ItemScores& out) const override;

 private:
  TransformerWeights<float> weights_;
};

}  // namespace gradus
