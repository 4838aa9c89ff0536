#pragma once

#include <optional>
#include <span>

#include "progress/curve_filter.h"

namespace gradus {

/// Where a task of a tier has its midpoint, given those of the tier's tasks; empty for none.
std::optional<Midpoint> tier_midpoint(std::span<const Midpoint> tasks);

/// Where the midpoint of a task is to be expected, from the tier below its own and the one below
/// that: as far above as these two lie apart, as far as their distance is known.
/// Source: docs/statistics.md, "From lower tiers". Units: doublings.
Midpoint expected_midpoint(const Midpoint& below, const Midpoint& next_below);

}  // namespace gradus
