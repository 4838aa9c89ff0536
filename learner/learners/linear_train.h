#pragma once

#include "ingest/example_batch.h"
#include "learner/learner.h"
#include "learner/learners/linear_state.h"
#include "learner/learners/sparse_row.h"

namespace gradus {

/// Learns a batch, example by example: predict, count, update.
using LearnLinearBatch = LearnSums (*)(LinearState& state, SparseRow& row,
                                       const ExampleBatch& batch);

/// The loop that is made for these options: loss, roots or powers, with or without l1 and l2 are
/// decided here once and not again for each term.
LearnLinearBatch choose_linear_loop(const LinearOptions& options);

}  // namespace gradus
