#pragma once

#include <memory>

#include "learner/learners/linear_state.h"
#include "learner/predictor.h"

namespace gradus {

/// An immutable copy of the weights alone, 4 bytes each.
/// Cost: O(2^bits * models) once, then O(features * models) an item.
std::shared_ptr<const Predictor> freeze_linear(const LinearState& state);

}  // namespace gradus
