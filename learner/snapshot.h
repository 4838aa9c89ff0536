#pragma once

#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "ingest/example_batch.h"
#include "ingest/stream_position.h"
#include "learner/learner.h"
#include "learner/predictor.h"

namespace gradus {

/// What was learned and what befell the stream since the process began, up to a snapshot.
struct RunningTotals {
  LearnSums sums;
  StreamEvents events;
  double silent_seconds = 0;  ///< spent in waits for data of five seconds or more
};

/// An immutable copy of the model with its step and its stream position.
struct Snapshot {
  Step step = 0;
  std::vector<Step> own_steps;  ///< by task: examples of that task learned so far
  StreamPosition position;
  RunningTotals totals;
  Timestamp time{};
  bool last = false;  ///< no newer one will come: the run is stopping
  std::shared_ptr<const Predictor> predictor;
};

}  // namespace gradus
