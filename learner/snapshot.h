#pragma once

#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "ingest/stream_position.h"
#include "learner/predictor.h"

namespace gradus {

/// An immutable copy of the model with its step and its stream position.
struct Snapshot {
  Step step = 0;
  std::vector<Step> own_steps;  ///< by task: examples of that task learned so far
  StreamPosition position;
  Timestamp time{};
  bool last = false;  ///< no newer one will come: the run is stopping
  std::shared_ptr<const Predictor> predictor;
};

}  // namespace gradus
