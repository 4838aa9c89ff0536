#pragma once

#include <array>
#include <optional>

namespace gradus {

/// Ahead of the newest score, in doublings: given that the target is reached within twelve.
struct CrossingInterval {
  double p10 = 0, p50 = 0, p90 = 0;
};

/// What one forecaster says of one curve at one moment.
struct Outlook {
  static constexpr std::array<double, 3> kHorizons{1, 2, 4};  ///< doublings

  std::array<double, 3> reaches{};  ///< probability to be at the target by each horizon
  double ever = 0;                  ///< within twelve doublings
  std::optional<CrossingInterval> crossing;
};

}  // namespace gradus
