#pragma once

#include <cstdint>

#include "base/step.h"
#include "probes/score.h"

namespace gradus {

/// How much better a snapshot knows the items that everybody looks at than sealed ones of the same
/// kind.
struct SealedGap {
  Step step = 0;
  std::uint32_t items = 0;      ///< sealed ones
  double score = 0;             ///< of the sealed items, mean q
  double gap = 0;               ///< score of the first set minus that of the sealed one
  double lower = 0, upper = 0;  ///< holds for all tasks and all doublings of a run at once
  /// The probe items are surely known better than others: nothing but their reuse explains it.
  bool overfit() const { return lower > 0; }

  bool operator==(const SealedGap&) const = default;
};

/// Compares the scores of both sets at one snapshot. Both sets are samples of the same questions,
/// so the gap is a difference of two independent means; looks are corrected for by spending
/// `alpha` over the doublings of the examples: 1/(k (k + 1)) of it at look k, where k counts the
/// doublings from 512 examples on, so that nothing has to be remembered. `alpha`: of one task for
/// a whole run.
SealedGap sealed_gap(const Score& open, const Score& sealed, double alpha);

/// z with P(|N(0, 1)| > z) = alpha; alpha in (0, 1).
double two_sided_quantile(double alpha);

}  // namespace gradus
