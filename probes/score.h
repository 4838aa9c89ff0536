#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "ladders/ladder.h"

namespace gradus {

/// Sufficient statistics of items scored at once: sums, so that intervals, paired tests and merging
/// stay exact.
struct ScoreSums {
  std::uint32_t items = 0;
  std::uint32_t exact = 0;
  double q = 0;          ///< sum of q
  double q_squared = 0;  ///< sum of q^2
  double log_loss = 0;   ///< sum of log loss

  /// Mean q; 0 where there are no items.
  double mean() const { return items == 0 ? 0 : q / items; }
  double exact_share() const { return items == 0 ? 0 : static_cast<double>(exact) / items; }
  double mean_log_loss() const { return items == 0 ? 0 : log_loss / items; }
  /// Standard deviation of q over items (n - 1); 0 below two items.
  double sd() const;
};

/// A part of a task that is scored on its own: one position of the answer, or the items with one
/// tag. Positions of whole numbers are counted from the right, so that one name means one digit
/// however long the answers are: "units", "tens", "hundreds", ... Positions of other answers are
/// counted from the left: "position 1", "position 2", ... Behind them stands "end": that the model
/// knows where the answer stops. A facet holds only the items that have it.
struct FacetScore {
  std::string name;
  ScoreSums sums;
};

/// What one probe of one task found.
struct Score {
  TaskIndex task = kNoTask;
  Step step = 0;
  Step own_step = 0;
  Timestamp time{};
  ScoreSums sums;
  std::vector<FacetScore> facets;  ///< positions from left to right, "end", then tags by name
  std::vector<std::uint64_t> exact_bits;  ///< one bit an item, item 0 in the lowest bit
  std::uint64_t item_digest = 0;          ///< fingerprint of the item set
};

}  // namespace gradus
