#pragma once

#include <cstdint>

namespace gradus {

/// Lag-1 autocorrelation up to which the stated error rate of STRICT was found to hold.
inline constexpr double kMostAutocorrelation = 0.8;

/// STRICT pages somebody, with a stated error rate; PRACTICAL is a yellow flag, sooner and without
/// one.
enum class Profile : std::uint8_t { kStrict, kPractical };

/// What a profile sets in the estimate of the noise and in the detectors.
/// Units: half-lives and warm-up in probes; the noise factor multiplies a variance.
struct ProfileSettings {
  double half_life_differences;  ///< memory of the estimate from differences
  double half_life_blocks;       ///< memory of the estimate from block means
  double prior_autocorrelation;  ///< what the lag-1 autocorrelation is shrunk to
  double highest_autocorrelation;
  double noise_factor;         ///< safety factor on the long-run variance
  bool takes_larger_estimate;  ///< the larger of both estimates, or the one from blocks alone
  double slope_error_share;    ///< standard errors taken off the recent slope of a stall reference
  unsigned warm_up;            ///< probes before the detectors begin
  double prior_probes = 20;    ///< weight of the prior autocorrelation
  bool takes_mean_out = true;  ///< of the differences, before their squares are summed
  double recent_memory = 0;    ///< half-life of CurveNoise's recent past over that of differences
};

inline constexpr ProfileSettings kStrictSettings{256, 64, 0.6, 0.95, 1.6,  true,
                                                 2,   48, 20,  true, 0.125};
inline constexpr ProfileSettings kPracticalSettings{64, 16, 0.3, 0.85, 1.3, false, 1, 16};

/// The noise that forecasts are made with: its detectors do not exist.
inline constexpr ProfileSettings kForecastSettings{64, 16, 0.3, 0.9, 1.3, false, 1, 16, 0, false};

constexpr const ProfileSettings& settings_of(Profile profile) {
  return profile == Profile::kStrict ? kStrictSettings : kPracticalSettings;
}

}  // namespace gradus
