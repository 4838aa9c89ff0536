#pragma once

#include <memory>

#include "learner/learner.h"
#include "learner/learners/transformer_adamw.h"
#include "learner/learners/transformer_network.h"

namespace gradus {

/// What the keys of a transformer say.
struct TransformerOptions {
  TransformerShape shape;
  double learning_rate = 2.5e-3;
};

/// A small causal transformer that learns questions in text, one AdamW update per 32 examples;
/// loss: mean cross-entropy over the tokens of the answers, end included.
/// Source: Vaswani et al. 2017, "Attention Is All You Need"; decoder only, as Radford et al.
/// 2019.
/// Departure: packed batches, answer positions only in the last layer.
/// Errors: make_transformer leaves a bad width, layers or learning_rate to `options`.
/// Threads: owned by the learner thread.
/// Cost: 1.2 MFLOP an example forward and 2.3 backward at width 64; freeze copies 0.4 MB; no
/// allocation per batch once warm.
class Transformer final : public Learner {
 public:
  Transformer(const TransformerOptions& options, const LearnerSetup& setup);

  InputSpec input() const override;
  /// Cuts the batch into minibatches of 32; the last one may be shorter.
  LearnSums learn(const ExampleBatch& batch) override;
  std::shared_ptr<const Predictor> freeze() const override;
  void save(ByteWriter& out) const override;
  Result<void> load(ByteReader& in) override;
  LearnerFacts facts() const override;

 private:
  void count(LearnSums& sums) const;
  void update(LearnSums& sums);

  TransformerOptions options_;
  LearnerSetup setup_;
  TransformerWeights<float> weights_;
  AdamW optimizer_;
  Step step_ = 0;
  double rate_ = 0;           // of the last update
  double gradient_norm_ = 0;  // of the last update, before clipping
  double weight_norm_ = 0;
  PackedText text_;
  TransformerWorkspace<float> work_;
  TransformerWeights<float> gradient_;
};

inline constexpr std::size_t kTransformerMinibatch = 32;

/// Keys: width, layers, learning_rate.
Result<std::unique_ptr<Learner>> make_transformer(Options& options, const LearnerSetup& setup);
std::uint64_t transformer_memory(Options options);
std::span<const OptionSpec> transformer_options();

}  // namespace gradus
