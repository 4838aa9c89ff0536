#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "ladders/generator.h"
#include "ladders/ladder.h"

namespace gradus::arithmetic {

/// The stream of a ladder whose tasks are all arithmetic ones, in any number and with any weights.
/// Errors: kBadConfig for a task that this generator does not know, weights that are all zero, or a
/// change that names no task or tier of the ladder or leaves nothing to draw.
Result<std::unique_ptr<RecordGenerator>> make_generator(const Ladder& ladder, std::uint64_t seed,
                                                        std::span<const StreamChange> changes);

/// Held-out questions of every task, the same for every seed; those of a task are the same in every
/// ladder.
/// Errors: kBadConfig for an unknown task or more items than there are held-out questions.
Result<std::vector<Item>> make_items(const Ladder& ladder);

/// As many held-out questions again, dealt from the same draw as those of `make_items`, none of
/// which is one of them with its operands in any order; what is left where that is fewer, and none
/// below 16.
/// Errors: as make_items.
Result<std::vector<Item>> make_sealed_items(const Ladder& ladder);

}  // namespace gradus::arithmetic
