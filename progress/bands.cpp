#include "progress/bands.h"

#include <algorithm>
#include <cmath>

namespace gradus {
Interval band(double score, double half_width) {
  return {std::max(0.0, score - half_width), std::min(1.0, score + half_width)};
}

Interval wilson(double share, std::uint32_t items) {
  if (items == 0) return {};
  constexpr double z = kZ95;
  const double m = items;
  const double widened = 1 + z * z / m;
  const double centre = (share + z * z / (2 * m)) / widened;
  const double half = z * std::sqrt(share * (1 - share) / m + z * z / (4 * m * m)) / widened;
  return band(centre, half);
}

double share_with_wilson_lower(double lower, std::uint32_t items) {
  // Wilson's interval holds the values that a score test does not reject.
  return lower + kZ95 * std::sqrt(lower * (1 - lower) / items);
}

Interval one_look(double mean, double sd, std::uint32_t items) {
  if (items < 2) return {};
  return band(mean, kZ95 * sd / std::sqrt(static_cast<double>(items)));
}

double dkw_half_width(std::uint32_t items, double alpha) {
  return items == 0 ? 1 : std::sqrt(std::log(2 / alpha) / (2.0 * items));
}

double spending_half_width(std::uint32_t items, std::uint64_t look, double alpha) {
  const auto t = static_cast<double>(look);
  return dkw_half_width(items, alpha / ((t + 1) * (t + 2)));
}

}  // namespace gradus
