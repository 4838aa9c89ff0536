#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/example_batch.h"
#include "learner/learner.h"

namespace gradus {

/// Says whether a learner has diverged: it answers worse than one who knows nothing but the form
/// of the answers, after having known better.
///
/// Examples are taken in windows of kWindow. A window's reference is the log loss of the best
/// constant answer: the entropy of the answers' symbols for each task and position in the answer
/// (the class, or the characters and the end), with Miller and Madow's correction for the size of
/// the sample. A window is good where its mean log loss is at most a tenth of a nat above the
/// reference, and bad where it is above that by another quarter of the reference; log losses of
/// usual spread put ten standard errors and more between the two. The learner has diverged from a
/// bad window on until the next good one, once a window was good or after kPatience windows: a
/// learner that just begins is worse than the constant answer too. Losses or weights that are not
/// finite count as divergence until a good window is free of them. Numbers have no log loss of
/// their own and are watched for what is not finite only.
/// Source: Miller 1955, "Note on the bias of information estimates".
/// Threads: owned by the learner thread. Cost: O(answer) an example, no allocation once the table
/// of the window has grown.
class DivergenceWatch {
 public:
  static constexpr std::uint64_t kWindow = 2048;
  static constexpr int kPatience = 8;

  explicit DivergenceWatch(const InputSpec& input) : input_(input) {}

  /// Takes a batch and what learning it gave.
  void take(const ExampleBatch& batch, const LearnSums& sums);
  bool diverged() const { return diverged_; }

 private:
  void take_answer(const ExampleBatch& batch, std::size_t i);
  void add(std::size_t context, std::uint32_t symbol, double share);
  double constant_log_loss() const;
  void close_window();

  /// Answers' symbols at one position of one task.
  struct Context {
    double share = 0;  ///< examples that this position stands for: 1 / length each
    std::uint64_t total = 0;
    std::vector<std::uint32_t> counts;  ///< by symbol
  };

  InputSpec input_;
  std::vector<Context> contexts_;  // by task, then position
  std::uint64_t examples_ = 0;
  double log_loss_ = 0;
  std::uint64_t not_finite_ = 0;
  int windows_ = 0;
  bool armed_ = false;
  bool diverged_ = false;
};

}  // namespace gradus
