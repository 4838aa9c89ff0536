#pragma once

#include <optional>

#include "progress/outlook.h"

namespace gradus {

/// What the curve filter says of a curve, its probabilities for one and two doublings corrected by
/// what became of such forecasts on recorded runs, in the light of what the straight line says and,
/// where an answer has several positions, what their curves say. Real curves are staircases, whose
/// steps no family of curves foresees: of what it held for unlikely two doublings ahead, a third
/// came true. Never above the probability to get there ever, nor below that for a nearer horizon.
/// Source: docs/statistics.md, "Correction". Cost: O(1).
Outlook corrected(Outlook filter, const Outlook& linear,
                  const std::optional<Outlook>& positions = std::nullopt);

}  // namespace gradus
