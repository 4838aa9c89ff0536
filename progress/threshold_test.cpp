#include "progress/threshold_test.h"

#include <algorithm>
#include <cmath>

#include "progress/bands.h"

namespace gradus {
namespace {

constexpr double kJump = 0.5;             // share of the rise that makes a jump
constexpr double kHidden = 0.25;          // share of the rise that exact match must hide
constexpr double kMoved = 0.02;           // above the floor, of exact match's lower bound
constexpr double kExactRise = 0.2;        // above its floor, for exact match to tell anything
constexpr double kLeastToClassify = 0.1;  // rise of the score below which nothing is said

}  // namespace

void CurveRise::add(Step step, double u, double score) {
  last_[count_ % kEnd] = {step, u, score};
  if (count_ < kEnd) first_sum_ += score;
  ++count_;
  look_for_jump();
  mark_levels(u);
}

double CurveRise::mean_of_last(unsigned count, unsigned skipped) const {
  double sum = 0;
  for (unsigned i = 0; i < count; ++i) sum += last_[(count_ - 1 - skipped - i) % kEnd].score;
  return sum / count;
}

double CurveRise::begin() const {
  return count_ == 0 ? 0 : first_sum_ / static_cast<double>(std::min<std::uint64_t>(count_, kEnd));
}

double CurveRise::end() const {
  if (count_ == 0) return 0;
  return mean_of_last(static_cast<unsigned>(std::min<std::uint64_t>(count_, kEnd)), 0);
}

double CurveRise::just_before() const {
  if (count_ < 2) return begin();
  return mean_of_last(static_cast<unsigned>(std::min<std::uint64_t>(count_ - 1, 5)), 1);
}

void CurveRise::look_for_jump() {
  if (count_ < 2 * kHalf) return;
  const double jump = mean_of_last(kHalf, 0) - mean_of_last(kHalf, kHalf);
  if (jump <= largest_jump_ && jump_step_ != 0) return;
  const Point& after = last_[(count_ - kHalf) % kEnd];
  const Point& before = last_[(count_ - 2 * kHalf) % kEnd];
  largest_jump_ = std::max(jump, 0.0);
  jump_step_ = after.step;
  resolution_ = after.u - before.u;
}

void CurveRise::mark_levels(double u) {
  if (count_ < kHalf) return;
  const double level = std::clamp(mean_of_last(kHalf, 0), 0.0, 1.0) * kLevels;
  for (; passed_ <= level && passed_ <= kLevels; ++passed_)
    passed_at_[passed_] = static_cast<float>(u);
}

double CurveRise::share_of_jump() const {
  return largest_jump_ / std::max(end() - begin(), kLeastRise);
}

std::optional<double> CurveRise::width() const {
  const double rise = end() - begin();
  if (rise < kLeastRise) return std::nullopt;
  const auto level = [&](double share) {
    return static_cast<unsigned>(std::ceil((begin() + share * rise) * kLevels));
  };
  if (level(0.9) >= passed_) return std::nullopt;
  return std::max(0.0f, passed_at_[level(0.9)] - passed_at_[level(0.1)]);
}

void ThresholdTest::add(const Probe& next) {
  const double u = doublings(next.step);
  score_.add(next.step, u, next.score);
  exact_.add(next.step, u, next.exact);
  if (!floors_ || score_at_onset_) return;
  const bool moved = wilson(next.exact, next.items).lower > floors_->exact + kMoved;
  moved_in_a_row_ = moved ? moved_in_a_row_ + 1 : 0;
  if (moved_in_a_row_ == 2) score_at_onset_ = score_.just_before();
}

std::optional<double> ThresholdTest::hidden_progress() const {
  // What a chance floor gives is no progress, and a task that has not started has no share of one.
  if (!score_at_onset_ || exact_.end() <= floors_->exact + kExactRise) return std::nullopt;
  const double begin = std::max(score_.begin(), floors_->score);
  const double rise = score_.end() - begin;
  if (rise < kLeastToClassify) return std::nullopt;
  return std::clamp((*score_at_onset_ - begin) / rise, 0.0, 1.0);
}

Threshold ThresholdTest::result() const {
  Threshold out{.share_of_jump = score_.share_of_jump(),
                .share_of_jump_exact = exact_.share_of_jump(),
                .jump_step = score_.jump_step(),
                .hidden_progress = hidden_progress(),
                .width = score_.width(),
                .width_exact = exact_.width(),
                .resolution = score_.resolution()};
  const bool enough =
      score_.count() >= 2 * CurveRise::kEnd && score_.end() - score_.begin() >= kLeastToClassify;
  if (!enough) return out;
  // Before exact match has risen, nobody knows what it hides.
  const bool exact_tells = !floors_ || exact_.end() > floors_->exact + kExactRise;
  if (out.share_of_jump >= kJump)
    out.kind = ThresholdKind::kRealJump;
  else if (!exact_tells)
    out.kind = ThresholdKind::kUndecided;
  else if (out.share_of_jump_exact >= kJump || out.hidden_progress >= kHidden)
    out.kind = ThresholdKind::kMetricArtefact;
  else
    out.kind = ThresholdKind::kContinuous;
  return out;
}

}  // namespace gradus
