#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/example_batch.h"

namespace gradus {

/// What a model says on a batch of items, one entry an item; `positions` only where answers have
/// several.
/// Shapes: q, log_loss, exact (n,); position_begin (n+1,) into position_q, position_log_loss and
/// position_exact; given_begin (n+1,) into given.
/// Units: log_loss in nats per answer token.
struct ItemScores {
  std::vector<float>
      q;  ///< probability given to the right answer, in [0, 1] (text: geometric mean per token)
  std::vector<float> log_loss;
  std::vector<std::uint8_t> exact;  ///< 1 where the most probable answer is the right one
  std::vector<std::uint32_t> position_begin;
  std::vector<float> position_q;  ///< probability of the right token at each position of the answer
  std::vector<float> position_log_loss;
  std::vector<std::uint8_t> position_exact;
  std::vector<std::uint32_t> given_begin;
  std::string given;  ///< the answers that the model would have given

  void clear();
};

/// An immutable copy of a model. A frozen model scores exactly as the live one did at that step.
/// Threads: score may be called from any thread, also at once.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// Scores every example of `items`; replaces `out`. `items` has the columns that the learner's
  /// InputSpec asks for.
  virtual void score(const ExampleBatch& items, ItemScores& out) const = 0;
};

}  // namespace gradus
