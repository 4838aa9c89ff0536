#include "judge/curve_points.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "progress/bands.h"

namespace gradus {

std::vector<CurvePoint> points_of(const FileCurve& curve, double items) {
  std::vector<CurvePoint> points;
  points.reserve(curve.scores.size());
  for (const CurveScoreRow& row : curve.scores) {
    const Interval now = items > 0 ? one_look(row.score, std::sqrt(row.score * (1 - row.score)),
                                              static_cast<std::uint32_t>(items))
                                   : Interval{row.score, row.score};
    points.push_back({.step = row.step,
                      .own_step = row.step,
                      .time = row.time,
                      .min = row.score,
                      .max = row.score,
                      .last = row.score,
                      .exact = row.exact.value_or(std::numeric_limits<double>::quiet_NaN()),
                      .lower = now.lower,
                      .upper = now.upper,
                      .count = 1});
  }
  return points;
}

std::vector<CurvePoint> thinned(const std::vector<CurvePoint>& points, std::size_t most) {
  if (points.size() <= most || most == 0) return points;
  const double from = doublings(points.front().step);
  const double width = doublings(points.back().step) - from;
  std::vector<CurvePoint> out;
  std::size_t newest = 0;
  for (const CurvePoint& each : points) {
    const double share = width > 0 ? (doublings(each.step) - from) / width : 0;
    const auto bucket =
        std::min(most - 1, static_cast<std::size_t>(share * static_cast<double>(most)));
    if (out.empty() || bucket != newest) {
      out.push_back(each);
      newest = bucket;
      continue;
    }
    CurvePoint& kept = out.back();
    const CurvePoint before = kept;
    kept = each;
    kept.min = std::min(before.min, each.min);
    kept.max = std::max(before.max, each.max);
    kept.count = before.count + each.count;
  }
  return out;
}

}  // namespace gradus
