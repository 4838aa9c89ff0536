#pragma once

#include <cstddef>
#include <vector>

#include "history/history.h"
#include "judge/curve_file.h"

namespace gradus {

/// The scores of a curve as points to draw, each with its own interval; `items`: 0 where they are
/// not known, the interval is then the score itself. Exact match that is not known is NaN.
std::vector<CurvePoint> points_of(const FileCurve& curve, double items);

/// At most `most` points, in buckets that are even in log2 of the step, each with the exact
/// minimum, maximum and last; as HistoryReader::curve gives them. Points as they are where they are
/// fewer.
std::vector<CurvePoint> thinned(const std::vector<CurvePoint>& points, std::size_t most);

}  // namespace gradus
