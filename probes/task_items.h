#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/decoder.h"
#include "ingest/example_batch.h"
#include "ladders/ladder.h"
#include "learner/predictor.h"
#include "probes/score.h"

namespace gradus {

/// The held-out items of one task, decoded once, and how a predictor's answers become a Score.
/// Threads: immutable after decode.
class TaskItems {
 public:
  /// Decodes those of `items` that belong to `task`. Errors: kBadData names the item that cannot be
  /// decoded or says another task, and a task without items.
  static Result<TaskItems> decode(const Ladder& ladder, TaskIndex task, std::span<const Item> items,
                                  Decoder& decoder);

  const ExampleBatch& batch() const { return batch_; }
  /// Sums up what a predictor said of `batch()`: sums, facets, bits and digest; the caller adds
  /// where and when. Errors: kBadData where it left items out or a value is no probability or loss.
  Result<Score> tally(const ItemScores& said) const;

 private:
  struct Tag {
    std::string name;
    std::vector<std::uint32_t> items;
  };

  std::vector<FacetScore> position_facets(const ItemScores& said) const;

  ExampleBatch batch_;
  std::vector<Tag> tags_;  // sorted by name
  bool whole_numbers_ = false;
  std::uint64_t digest_ = 0;
};

}  // namespace gradus
