#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/exact_sum.h"
#include "base/options.h"
#include "base/result.h"
#include "base/step.h"
#include "ingest/example_batch.h"
#include "learner/predictor.h"

namespace gradus {

/// Sums over the examples of one call, each taken before the model learned the example
/// (prequential).
struct LearnSums {
  std::uint64_t examples = 0;
  std::uint64_t updates = 0;  ///< parameter updates made
  std::uint64_t correct = 0;  ///< predicted exactly right beforehand
  ExactSum loss;      ///< the learner's own loss; exact, so that no end of a batch shows in it
  ExactSum log_loss;  ///< nats; equals loss where that is the log loss
  std::uint64_t non_finite_inputs = 0, non_finite_losses = 0, non_finite_gradients = 0,
                non_finite_weights = 0;

  LearnSums& operator+=(const LearnSums& other) {
    examples += other.examples;
    updates += other.updates;
    correct += other.correct;
    loss += other.loss;
    log_loss += other.log_loss;
    non_finite_inputs += other.non_finite_inputs;
    non_finite_losses += other.non_finite_losses;
    non_finite_gradients += other.non_finite_gradients;
    non_finite_weights += other.non_finite_weights;
    return *this;
  }
  std::uint64_t non_finite() const {
    return non_finite_inputs + non_finite_losses + non_finite_gradients + non_finite_weights;
  }
};

/// What a learner can say of itself at any time.
struct LearnerFacts {
  double learning_rate = 0;
  double gradient_norm = 0;  ///< of the last update
  double weight_norm = 0;
  std::uint64_t parameters = 0;
  std::uint64_t state_bytes = 0;
};

/// An incremental learner.
/// Threads: owned by the learner thread.
class Learner {
 public:
  virtual ~Learner() = default;
  virtual InputSpec input() const = 0;
  /// For each example in order: predict, count, then update. A batch leaves the same state however
  /// it is cut up, unless the kind has a fixed minibatch. A non-finite gradient is counted and not
  /// applied.
  virtual LearnSums learn(const ExampleBatch& batch) = 0;
  /// An immutable copy that scores exactly as this model does now.
  virtual std::shared_ptr<const Predictor> freeze() const = 0;
  /// The whole state: a learner loaded from it behaves bit for bit as this one.
  virtual void save(ByteWriter& out) const = 0;
  /// Replaces the state. Errors: kCorrupt where the bytes are not a state of this kind and these
  /// options; then unchanged.
  virtual Result<void> load(ByteReader& in) = 0;
  virtual LearnerFacts facts() const = 0;
};

/// What every learner is told at set-up.
struct LearnerSetup {
  std::uint64_t seed = 1;
  /// Learning-rate factor between two steps, the second not included, e.g. 0 for a frozen model: a
  /// declared schedule, and the demo's stall and diverge.
  Step rate_change_from = 0;
  double rate_change_factor = 1;
  Step rate_change_until = std::numeric_limits<Step>::max();

  /// The factor for an update that begins at `step`.
  double rate_factor(Step step) const {
    return step >= rate_change_from && step < rate_change_until ? rate_change_factor : 1;
  }
};

/// A learner by name. `make` reads its own keys from `options`.
struct LearnerKind {
  std::string_view name;    ///< snake case, standard name
  std::string_view about;   ///< one sentence
  std::string_view source;  ///< paper
  InputKind input;
  std::size_t minibatch;  ///< examples of one update; 0 where every example is one
  /// CPU time of asking the model one item, in that of learning one example: what a budget of
  /// probes reckons with where it must not depend on a clock.
  double item_work;
  Result<std::unique_ptr<Learner>> (*make)(Options& options, const LearnerSetup& setup);
  /// Bytes that a learner of these options takes at its most, with its snapshots and its checkpoint
  /// while that is written; makes nothing, and leaves bad options to `make`.
  std::uint64_t (*memory)(Options options);
  /// The keys of the section `learner` that `make` reads, apart from `kind` and `seed`.
  std::span<const OptionSpec> (*options)();
};

/// All learners, sorted by name.
std::span<const LearnerKind> learner_kinds();
const LearnerKind* find_learner(std::string_view name);

}  // namespace gradus
