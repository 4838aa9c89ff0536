#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "ingest/decoder.h"
#include "ladders/ladder.h"
#include "learner/predictor.h"
#include "learner/snapshot.h"
#include "probes/score.h"
#include "probes/task_items.h"

namespace gradus {

/// Scores a snapshot on each task's sealed items: a second set, drawn like the first, which no
/// verdict and no curve is made of. They are asked once in a doubling of the examples and of the
/// last snapshot, so that nobody steers by them, and only of a snapshot that the first set was
/// asked of as well.
/// Threads: owned by the probe thread.
class SealedProber {
 public:
  /// Decodes the sealed items; a task may have none. Errors: kBadData names the item that cannot be
  /// decoded. `ladder` and `log` outlive the prober.
  static Result<SealedProber> make(const Ladder& ladder, std::span<const Item> sealed,
                                   Decoder& decoder, Log& log);

  /// The scores of the sealed items of those tasks of `scores` whose turn it is. One that fails is
  /// logged and left out until the next doubling.
  std::vector<Score> probe(const Snapshot& snapshot, std::span<const Score> scores);

 private:
  struct TaskState {
    std::optional<TaskItems> items;
    int asked_in = -1;  // floor(log2(step)); -1: never
  };
  SealedProber(const Ladder& ladder, Log& log) : ladder_(&ladder), log_(&log) {}

  const Ladder* ladder_;
  Log* log_;
  std::vector<TaskState> tasks_;
  ItemScores said_;  // kept for its memory
};

}  // namespace gradus
