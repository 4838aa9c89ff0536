#include "progress/curve_noise.h"

#include <algorithm>

namespace gradus {
namespace {

ProfileSettings recent(ProfileSettings settings) {
  settings.half_life_differences *= settings.recent_memory;
  settings.half_life_blocks *= settings.recent_memory;
  settings.noise_factor = 1;  // it scatters more, and where it counts it is the larger of two
  return settings;
}

}  // namespace

CurveNoise::CurveNoise(const ProfileSettings& settings)
    : follows_growth_(settings.recent_memory > 0),
      whole_(settings),
      recent_(follows_growth_ ? recent(settings) : settings) {}

void CurveNoise::add(double score) {
  whole_.add(score);
  if (follows_growth_) recent_.add(score);
}

void CurveNoise::add_after_gap(double score) {
  whole_.add_after_gap(score);
  if (follows_growth_) recent_.add_after_gap(score);
}

double CurveNoise::value() const {
  return follows_growth_ ? std::max(whole_.value(), recent_.value()) : whole_.value();
}

}  // namespace gradus
