#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "ladders/ladder.h"

namespace gradus {

/// The most bytes of an items file or a sealed file: 160,000 items of 400 bytes.
inline constexpr std::size_t kMostItemsBytes = std::size_t{64} << 20;

/// The items of a ladder that has no generator, from its JSON Lines file, in task order: of each
/// task the first `items`, or all where that is 0. Empty lines are passed over. A record is kept as
/// it stands; only its "task" and "tags" are read here, the decoder judges the rest.
/// Errors: kBadData with file and line for a line that is no object with a known "task" and, if
/// any, "tags" that are texts; with the task where it has fewer items than it should; as
/// read_input_file.
Result<std::vector<Item>> read_items_file(const Ladder& ladder);

/// The sealed items of such a ladder, in task order: all that its sealed file holds; none without
/// one. A task may have none.
/// Errors: as read_items_file for a line; kBadData with the task that has some, but fewer than
/// `kFewestSealed`.
Result<std::vector<Item>> read_sealed_file(const Ladder& ladder);
inline constexpr std::size_t kFewestSealed = 16;

}  // namespace gradus
