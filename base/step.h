#pragma once

#include <cstdint>

namespace gradus {

/// Number of examples learned so far: the x axis of every curve.
using Step = std::uint64_t;

/// log2 of a step, the axis on which rates are stated ("per doubling"). Steps below 1 count as 1.
double doublings(Step step);

}  // namespace gradus
