#pragma once

#include "progress/curve_forecaster.h"

namespace gradus {

/// What the curve filter says of a curve, its probabilities for one and two doublings corrected by
/// what became of such forecasts on six earlier runs, in the light of what the straight line says.
/// Real curves are staircases, whose steps no family of curves foresees: of what it held for
/// unlikely two doublings ahead, a third came true. Never above the probability to get there ever,
/// nor below that for a nearer horizon. Source: docs/statistics.md, "Correction". Cost: O(1).
Outlook corrected(Outlook filter, const Outlook& linear);

}  // namespace gradus
