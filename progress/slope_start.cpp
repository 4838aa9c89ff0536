#include "progress/slope_start.h"

namespace gradus {
namespace {

// Variance of a steady curve of m items around its line, per doubling and rate: 0.15 r / m for
// item difficulties as spread as those of real ladders, with 20 % in hand.
constexpr double kItemBumps = 1.2 * 0.15;

}  // namespace

SlopeStart::SlopeStart(const CurveScore& first, double reference, std::uint64_t probe)
    : reference_(reference),
      probe_(probe),
      first_step_(first.step),
      first_u_(first.u),
      last_u_(first.u),
      mean_u_(first.u),
      mean_score_(first.score) {}

void SlopeStart::add(const CurveScore& next) {
  const auto k = static_cast<double>(points_);
  const double v = 1 + 1 / k;
  const double d = next.u - mean_u_;
  const double rise = next.score - mean_score_;
  sum_ += d * (rise - reference_ * d) / (v * next.noise);
  variance_ += d * d / (v * next.noise);
  spread_ += d * d / v;
  covariance_ += d * rise / v;
  ++points_;
  mean_u_ += d / (k + 1);
  mean_score_ += rise / (k + 1);
  last_u_ = next.u;
}

SlopeStart::Residuals SlopeStart::corrected_for(unsigned items) const {
  if (items == 0 || reference_ <= 0 || variance_ <= 0) return {sum_, variance_};
  const double bumps = kItemBumps * reference_ / (items * (last_u_ - first_u_));
  const double corrected = 1 / (1 / variance_ + bumps);
  return {sum_ * corrected / variance_, corrected};
}

ScaledNumber SlopeStart::slower(unsigned items) const {
  if (variance_ <= 0) return {};
  const Residuals corrected = corrected_for(items);
  return slope_evidence(-corrected.sum, corrected.variance);
}

ScaledNumber SlopeStart::faster() const {
  return variance_ > 0 ? slope_evidence(sum_, variance_) : ScaledNumber{};
}

double SlopeStart::most_slower(unsigned items, double log_scale) const {
  if (sum_ >= 0) return most_slope_evidence(-sum_, variance_, log_scale);
  const Residuals corrected = corrected_for(items);
  return most_slope_evidence(-corrected.sum, corrected.variance, log_scale);
}

double SlopeStart::most_faster(double log_scale) const {
  return most_slope_evidence(sum_, variance_, log_scale);
}

}  // namespace gradus
