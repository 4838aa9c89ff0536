#include "progress/curve_noise.h"

#include <algorithm>

namespace gradus {

CurveNoise::CurveNoise(const ProfileSettings& settings, double half_way)
    : noise_factor_(settings.noise_factor), half_way_(half_way), whole_(settings) {
  if (settings.recent_memory <= 0) return;
  ProfileSettings recent = settings;
  recent.half_life_differences *= settings.recent_memory;
  recent_.emplace(recent);
}

void CurveNoise::add(double score) {
  whole_.add(score);
  if (score >= half_way_) recent_.reset();
  if (recent_) recent_->add(score);
}

void CurveNoise::add_after_gap(double score) {
  whole_.add_after_gap(score);
  if (score >= half_way_) recent_.reset();
  if (recent_) recent_->add_after_gap(score);
}

double CurveNoise::value() const {
  const double whole = whole_.value();
  if (!recent_) return whole;
  // Only the size of the fluctuation is read from the recent past: its correlation takes longer,
  // and growth itself would pass for correlation.
  const double growth = recent_->difference_variance() / whole_.difference_variance();
  return whole * std::max(1.0, growth / noise_factor_);
}

}  // namespace gradus
