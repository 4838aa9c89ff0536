#include "progress/recent_slope.h"

#include <algorithm>
#include <cmath>

namespace gradus {

void RecentSlope::add(double u, double score) {
  if (!begun_) origin_ = u;
  begun_ = true;
  newest_u_ = u - origin_;
  const auto number = static_cast<std::int64_t>(newest_u_ * kCellsPerDoubling);
  Cell& cell = cells_[static_cast<std::size_t>(number) % kCells];
  if (cell.number != number) cell = Cell{.number = number, .first_u = newest_u_};
  cell.count += 1;
  cell.u += newest_u_;
  cell.uu += newest_u_ * newest_u_;
  cell.score += score;
  cell.u_score += newest_u_ * score;
}

std::optional<RecentLine> RecentSlope::line() const {
  const auto oldest = static_cast<std::int64_t>(newest_u_ * kCellsPerDoubling) - window_cells_ + 1;
  Cell all;
  double first_u = newest_u_;
  for (const Cell& cell : cells_) {
    if (cell.number < 0 || cell.number < oldest) continue;
    all.count += cell.count;
    all.u += cell.u;
    all.uu += cell.uu;
    all.score += cell.score;
    all.u_score += cell.u_score;
    first_u = std::min(first_u, cell.first_u);
  }
  if (all.count < 8 || newest_u_ - first_u < 1.0 / 3) return std::nullopt;
  const double spread = all.uu - all.u * all.u / all.count;
  return RecentLine{.count = all.count,
                    .ago = newest_u_ - all.u / all.count,
                    .score = all.score / all.count,
                    .slope = (all.u_score - all.u * all.score / all.count) / spread,
                    .spread = spread};
}

std::optional<double> RecentSlope::value() const {
  const auto found = line();
  return found ? std::optional(found->slope) : std::nullopt;
}

}  // namespace gradus
