#include "progress/bands.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

/// Lower end of the empirical-Bernstein interval of the values as `side` sees them; not cut.
template <typename Side>
double bernstein_lower(std::span<const double> values, double alpha, Side side) {
  constexpr double kLargestBet = 0.5;
  const double log_cost = std::log(1 / alpha);
  // The bets' mean and variance start with one pseudo-value: 1/2 and 1/4.
  double sum = 0, squares = 0.25;
  double bets = 0, weighted = 0, spent = 0;
  double t = 0;
  for (const double value : values) {
    const double x = side(value);
    const double centre = t > 0 ? sum / t : 0;
    const double variance = squares / (t + 1);
    t += 1;
    const double bet =
        std::min(std::sqrt(2 * log_cost / (variance * t * std::log(1 + t))), kLargestBet);
    bets += bet;
    weighted += bet * x;
    spent += (x - centre) * (x - centre) * (-std::log1p(-bet) - bet);
    sum += x;
    const double rest = x - (0.5 + sum) / (t + 1);
    squares += rest * rest;
  }
  return (weighted - log_cost - spent) / bets;
}

}  // namespace

Interval band(double score, double half_width) {
  return {std::max(0.0, score - half_width), std::min(1.0, score + half_width)};
}

Interval wilson(double share, std::uint32_t items, double z) {
  if (items == 0) return {};
  const double m = items;
  const double widened = 1 + z * z / m;
  const double centre = (share + z * z / (2 * m)) / widened;
  const double half = z * std::sqrt(share * (1 - share) / m + z * z / (4 * m * m)) / widened;
  return band(centre, half);
}

Interval one_look(double mean, double sd, std::uint32_t items, double z) {
  if (items < 2) return {};
  return band(mean, z * sd / std::sqrt(static_cast<double>(items)));
}

double dkw_half_width(std::uint32_t items, double alpha) {
  return items == 0 ? 1 : std::sqrt(std::log(2 / alpha) / (2.0 * items));
}

double spending_half_width(std::uint32_t items, std::uint64_t look, double alpha) {
  const auto t = static_cast<double>(look);
  return dkw_half_width(items, alpha / ((t + 1) * (t + 2)));
}

Interval empirical_bernstein(std::span<const double> values, double alpha) {
  if (values.empty()) return {};
  const double below = bernstein_lower(values, alpha / 2, [](double x) { return x; });
  const double above = bernstein_lower(values, alpha / 2, [](double x) { return 1 - x; });
  return {std::max(0.0, below), std::min(1.0, 1 - above)};
}

}  // namespace gradus
