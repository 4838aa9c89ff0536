#include "progress/tier_transfer.h"

#include <cmath>

namespace gradus {
namespace {

constexpr double kGap = 2, kGapVariance = 1.5 * 1.5;  // between two tiers, before any is seen
constexpr double kUnlike = 0.5;                       // variance of what one gap says of the next
constexpr double kUnsure = 0.1;                       // added to each deviation

double variance_of(const Midpoint& midpoint) {
  return (midpoint.deviation + kUnsure) * (midpoint.deviation + kUnsure);
}

}  // namespace

std::optional<Midpoint> tier_midpoint(std::span<const Midpoint> tasks) {
  if (tasks.empty()) return std::nullopt;
  const auto count = static_cast<double>(tasks.size());
  double mean = 0, within = 0, between = 0;
  for (const Midpoint& task : tasks) mean += task.mean / count;
  for (const Midpoint& task : tasks) {
    within += task.deviation * task.deviation / count;
    between += (task.mean - mean) * (task.mean - mean) / count;
  }
  return Midpoint{mean, std::sqrt(within + between)};
}

Midpoint expected_midpoint(const Midpoint& below, const Midpoint& next_below) {
  const double noise = variance_of(below) + variance_of(next_below) + kUnlike;
  const double trust = kGapVariance / (kGapVariance + noise);
  const double gap = kGap + trust * (below.mean - next_below.mean - kGap);
  const double gap_variance = (1 - trust) * kGapVariance;
  return {below.mean + gap, std::sqrt(variance_of(below) + gap_variance + kUnlike)};
}

}  // namespace gradus
