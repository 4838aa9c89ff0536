#include "progress/slope_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/invariant.h"

namespace gradus {
namespace {

constexpr double kRecentDoublings = 1.2;     // span that the recent slope is read from
constexpr std::uint64_t kRecentPoints = 12;  // fewest points it is read from
constexpr std::size_t kNewestKept = 8;       // newest starts that are never dropped

}  // namespace

SlopeDetector::SlopeDetector(SlopeQuestion question, StallReference reference)
    : question_(question), reference_(reference) {
  starts_.reserve(kMostStarts);
}

void SlopeDetector::add(const CurveScore& next) {
  invariant(next.noise > 0, "a score is judged by its noise");
  const bool starts_here = probes_ % kStartEvery == 0;
  // The reference of a start is fixed before its first score is seen.
  const double reference = starts_here ? next_reference(next) : 0;
  for (SlopeStart& start : starts_) start.add(next);
  if (starts_here) {
    if (starts_.size() == kMostStarts) drop_one();
    starts_.emplace_back(next, reference, probes_);
  }
  ++probes_;
}

double SlopeDetector::log_evidence() const {
  if (starts_.empty()) return 0;
  std::array<ScaledNumber, kMostStarts> terms;
  for (std::size_t i = 0; i < starts_.size(); ++i) terms[i] = evidence_of(starts_[i]);
  return log_sum({terms.data(), starts_.size()});
}

bool SlopeDetector::reaches(double log_threshold) const {
  // At most probes of a healthy curve little speaks for an alarm, and no logarithm is needed to see
  // that.
  constexpr double kRounding = 1e-6;
  if (most_evidence(log_threshold) < 1 - kRounding) return false;
  return log_evidence() >= log_threshold;
}

double SlopeDetector::most_evidence(double log_scale) const {
  if (starts_.empty()) return std::exp(-log_scale);
  double most = 0;
  for (const SlopeStart& start : starts_) {
    if (question_ == SlopeQuestion::kProgress)
      most += start.most_faster(log_scale);
    else
      most +=
          start.most_slower(question_ == SlopeQuestion::kStall ? reference_.items : 0, log_scale);
  }
  return most;
}

ScaledNumber SlopeDetector::evidence_of(const SlopeStart& start) const {
  switch (question_) {
    case SlopeQuestion::kProgress:
      return start.faster();
    case SlopeQuestion::kStall:
      return start.slower(reference_.items);
    case SlopeQuestion::kRegress:
      break;
  }
  return start.slower(0);
}

double SlopeDetector::next_reference(const CurveScore& next) const {
  if (question_ != SlopeQuestion::kStall) return 0;
  const SlopeStart* recent = nullptr;
  double nearest = std::numeric_limits<double>::infinity();
  for (const SlopeStart& start : starts_) {
    const double distance = std::abs(next.u - start.first_u() - kRecentDoublings);
    if (start.points() >= kRecentPoints && start.spread() > 0 && distance < nearest) {
      nearest = distance;
      recent = &start;
    }
  }
  if (recent == nullptr) return reference_.lowest_rate;
  const double error = std::sqrt(next.noise / recent->spread());
  double rate = 0.5 * (recent->slope() - reference_.slope_error_share * error);
  if (reference_.target) rate = std::min(rate, (*reference_.target - next.score) / 2);
  return std::max(reference_.lowest_rate, rate);
}

void SlopeDetector::drop_one() {
  // Keeps the ages of the starts spread geometrically: drops the one that its neighbours miss
  // least.
  const auto age = [&](std::size_t i) {
    return static_cast<double>(probes_ - starts_[i].probe() + kStartEvery);
  };
  std::size_t least = 1;
  for (std::size_t i = 2; i + kNewestKept < starts_.size(); ++i)
    if (age(i - 1) / age(i + 1) < age(least - 1) / age(least + 1)) least = i;
  starts_.erase(starts_.begin() + static_cast<std::ptrdiff_t>(least));
}

SlopeWindow SlopeDetector::strongest() const {
  if (starts_.empty()) return {};
  const auto strongest = std::max_element(starts_.begin(), starts_.end(),
                                          [this](const SlopeStart& a, const SlopeStart& b) {
                                            return evidence_of(a).log() < evidence_of(b).log();
                                          });
  return {strongest->first_step(), strongest->reference(), strongest->slope()};
}

void SlopeDetector::reset() {
  starts_.clear();
  probes_ = 0;
}

double alarm_threshold(unsigned planned_probes, double alpha) {
  return std::log(planned_probes / (SlopeDetector::kStartEvery * alpha));
}

}  // namespace gradus
