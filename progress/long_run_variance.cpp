#include "progress/long_run_variance.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr double kPriorBlocks = 2;  // weight of the other estimate in the one from blocks
constexpr double kLongestDifference = 3, kLongestBlock = 2.5;  // clips, in standard deviations

}  // namespace

LongRunVariance::LongRunVariance(const ProfileSettings& settings)
    : settings_(settings),
      keep_differences_(std::exp2(-1 / settings.half_life_differences)),
      keep_blocks_(std::exp2(-1 / settings.half_life_blocks)) {}

void LongRunVariance::add(double score) {
  if (count_ > 0) add_difference(score);
  last_ = score;
  ++count_;
  block_sum_ += score;
  if (++in_block_ == kBlock) {
    add_block(block_sum_ / kBlock);
    block_sum_ = 0;
    in_block_ = 0;
  }
}

void LongRunVariance::add_after_gap(double score) {
  last_ = score;
  last_difference_ = 0;
  block_sum_ = 0;
  in_block_ = 0;
  blocks_ = 0;
}

void LongRunVariance::add_difference(double score) {
  double difference = score - last_ - (settings_.takes_mean_out ? mean_difference_ : 0);
  if (weight_ >= 8) {
    // After bit-identical scores a clip without a floor would take every difference for an outlier.
    const double longest = kLongestDifference * std::sqrt(difference_variance());
    difference = std::clamp(difference, -longest, longest);
  }
  squares_ = keep_differences_ * squares_ + difference * difference;
  weight_ = keep_differences_ * weight_ + 1;
  mean_difference_ += difference / weight_;
  if (count_ > 1) products_ = keep_differences_ * products_ + difference * last_difference_;
  last_difference_ = difference;
}

void LongRunVariance::add_block(double mean) {
  if (blocks_ >= 2) {
    // For independent block means of variance LRV / 8 the second difference has 6 LRV / 8.
    const double curvature = mean - 2 * block_1_ + block_2_;
    const double expected = std::max(from_blocks(), kFloor) * 6 / kBlock;
    const double longest = kLongestBlock * kLongestBlock * expected;
    const double square = std::min(curvature * curvature, longest);
    block_squares_ = keep_blocks_ * block_squares_ + square * kBlock / 6;
    block_weight_ = keep_blocks_ * block_weight_ + 1;
  }
  block_2_ = block_1_;
  block_1_ = mean;
  ++blocks_;
}

double LongRunVariance::difference_variance() const {
  return weight_ > 0 ? std::max(squares_ / weight_, kFloor) : kFloor;
}

double LongRunVariance::autocorrelation() const {
  // For AR(1) the differences have lag-1 autocorrelation -(1 - rho) / 2.
  const double rho = squares_ > 0 ? 1 + 2 * products_ / squares_ : settings_.prior_autocorrelation;
  const double prior = settings_.prior_probes;
  if (weight_ + prior <= 0) return settings_.prior_autocorrelation;
  const double shrunk =
      (weight_ * rho + prior * settings_.prior_autocorrelation) / (weight_ + prior);
  return std::clamp(shrunk, -1.0, 1.0);
}

double LongRunVariance::from_differences() const {
  if (weight_ < 3) return kPrior;
  const double rho = std::clamp(autocorrelation(), 0.0, settings_.highest_autocorrelation);
  const double variance = squares_ / weight_ / (2 * (1 - rho));
  return variance * (1 + rho) / (1 - rho);
}

double LongRunVariance::from_blocks() const {
  return (kPriorBlocks * from_differences() + block_squares_) / (kPriorBlocks + block_weight_);
}

double LongRunVariance::value() const {
  const double blocks = from_blocks();
  const double estimate =
      settings_.takes_larger_estimate ? std::max(from_differences(), blocks) : blocks;
  return std::max(settings_.noise_factor * estimate, kFloor);
}

}  // namespace gradus
