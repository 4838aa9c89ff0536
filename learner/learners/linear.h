#pragma once

#include <memory>

#include "base/options.h"
#include "base/result.h"
#include "learner/learner.h"

namespace gradus {

/// Linear models over hashed features with adaptive, normalised, importance-aware updates: Vowpal
/// Wabbit's default learner, for numbers, two classes or several (one against all).
/// Source: Ross, Mineiro, Langford 2013, "Normalized Online Learning"; Karampatziakis, Langford
/// 2011, "Online Importance Weight Aware Updates". Departure: values that are zero, not finite or
/// beyond 1e18 are left out, and so are examples with such a label or importance.
/// Units: learning_rate per unit of gradient; l1 and l2 per weight and example.
/// Keys: bits, classes, loss, learning_rate, power_t, l1, l2, quantile_tau.
/// Errors: kBadConfig for a value out of range, for loss quantile with classes, and for a table
/// of more than 2^28 slots.
/// Cost: an example O(features * models); 16 bytes a slot; freeze and save O(slots);
/// a saved state takes 16 bytes for each slot that was ever touched.
Result<std::unique_ptr<Learner>> make_linear(Options& options, const LearnerSetup& setup);
std::uint64_t linear_memory(Options options);
std::span<const OptionSpec> linear_options();

}  // namespace gradus
