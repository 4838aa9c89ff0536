#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "ladders/ladder.h"

namespace gradus {

/// Sufficient statistics of items scored at once: sums, so that intervals, paired tests and merging stay exact.
struct ScoreSums {
  std::uint32_t items = 0;
  std::uint32_t exact = 0;
  double q = 0;         ///< sum of q
  double q_squared = 0; ///< sum of q^2
  double log_loss = 0;  ///< sum of log loss

  /// Mean q; 0 where there are no items.
  double mean() const { return items == 0 ? 0 : q / items; }
  double exact_share() const { return items == 0 ? 0 : static_cast<double>(exact) / items; }
  double mean_log_loss() const { return items == 0 ? 0 : log_loss / items; }
  /// Standard deviation of q over items (n - 1); 0 below two items.
  double sd() const;
};

/// A part of a task that is scored on its own: one position of the answer, or the items with one tag.
struct FacetScore {
  std::string name;  ///< "position 1" (most significant), "end", or the tag
  ScoreSums sums;
};

/// What one probe of one task found.
struct Score {
  TaskIndex task = kNoTask;
  Step step = 0;
  Step own_step = 0;
  Timestamp time{};
  ScoreSums sums;
  std::vector<FacetScore> facets;
  std::vector<std::uint64_t> exact_bits;  ///< one bit an item, item 0 in the lowest bit
  std::uint64_t item_digest = 0;          ///< fingerprint of the item set
};

}  // namespace gradus
