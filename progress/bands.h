#pragma once

#include <cstdint>

#include "progress/report.h"

namespace gradus {

/// Two-sided 95 % of the standard normal; the level of every interval on a page.
inline constexpr double kZ95 = 1.959964;
inline constexpr double kBandAlpha = 0.05;

/// Interval of a share of `items` by Wilson's score method; `share` may be a mean of values in
/// [0, 1], for which it is then conservative. Edge: [0, 1] without items.
Interval wilson(double share, std::uint32_t items);

/// The share whose interval by Wilson has `lower` as its lower bound; above 1 where no share has.
double share_with_wilson_lower(double lower, std::uint32_t items);

/// One look at a mean of `items` values with standard deviation `sd`: mean -+ z sd / sqrt(items),
/// cut to [0, 1]. Edge: [0, 1] below two items.
Interval one_look(double mean, double sd, std::uint32_t items);

/// Half-width of a band that holds for all looks at once where an item once learned stays learned:
/// the curve is then the empirical distribution of the items' learning times.
/// Source: Dvoretzky, Kiefer, Wolfowitz 1956; Massart 1990.
double dkw_half_width(std::uint32_t items, double alpha = kBandAlpha);

/// Half-width at look `look` (0, 1, ...) of a band that holds for all looks at once for any curve
/// that does not depend on the items: Hoeffding with alpha / ((look + 1)(look + 2)).
double spending_half_width(std::uint32_t items, std::uint64_t look, double alpha = kBandAlpha);

/// `score` -+ `half_width`, cut to [0, 1].
Interval band(double score, double half_width);

}  // namespace gradus
