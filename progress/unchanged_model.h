#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "probes/score.h"

namespace gradus {

/// Notices a model that learning no longer changes: every score of every task is the same, bit for
/// bit, at three snapshots in a row. Scores are sums over the items' probabilities, so any change
/// of the model shows in them. No statistics are needed and none is used.
/// A single task says nothing: one that is saturated, or that the stream no longer teaches, may
/// stand still while others learn. One snapshot says little: an update may touch few weights. A
/// score that is not a number, or that knows of no items, is never unchanged.
/// The same scores give the same answer, so it is rebuilt from a history.
/// Threads: owned by the probe thread. Cost: O(items) a score.
class UnchangedModel {
 public:
  static constexpr unsigned kSnapshots = 3;

  explicit UnchangedModel(std::size_t tasks) : tasks_(tasks) {}

  /// Takes the scores of the next snapshot; its step is above the last one's.
  void add(std::span<const Score> scores);
  /// The step since which the model has not changed; none while it changes.
  std::optional<Step> since() const;
  /// Whether the newest snapshot showed no change: the sooner all tasks are asked, the sooner that
  /// is certain.
  bool suspected() const { return unchanged_ > 0; }

 private:
  struct Seen {
    std::uint64_t digest = 0;  // of everything in the score
    Step step = 0;             // 0: never
    bool confirmed = false;    // seen twice since `since_`, with the same digest
  };

  std::vector<Seen> tasks_;
  Step since_ = 0;
  unsigned unchanged_ = 0;  // snapshots in a row, after that of `since_`
};

}  // namespace gradus
