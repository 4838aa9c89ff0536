#pragma once

#include <cstdint>

#include "progress/profile.h"

namespace gradus {

/// The long-run variance of a curve's fluctuation (the sum of its autocovariances over all lags),
/// estimated while the curve grows: from differences of neighbouring scores, read as AR(1), and
/// from second differences of block means. Both take trends out and clip outliers, so that a jump
/// does not hide itself.
/// Source: docs/statistics.md, "The noise". Units: squared score. Edge: until three differences
/// are in, a prior; never below kFloor, so bit-identical scores do no harm.
/// Threads: owned by the probe thread. Cost: O(1), no allocation.
class LongRunVariance {
 public:
  static constexpr double kFloor = 1e-6;
  static constexpr double kPrior = 0.0027;

  explicit LongRunVariance(const ProfileSettings& settings);

  /// Takes the next score; finite.
  void add(double score);
  /// Takes a score so long after the last one that their difference tells of the growth between
  /// them and not of the noise: only what follows is compared with it. Not counted.
  void add_after_gap(double score);
  /// The estimate from the scores so far. Read it before adding the score it is to judge.
  double value() const;
  /// Lag-1 autocorrelation, shrunk to the profile's prior with a weight of 20 probes; in [-1, 1].
  double autocorrelation() const;
  /// Variance of the differences of neighbouring scores, clipped; never below kFloor.
  double difference_variance() const;
  /// Scores added so far, but those after a gap.
  std::uint64_t count() const { return count_; }

 private:
  static constexpr unsigned kBlock = 8;

  double from_differences() const;
  double from_blocks() const;
  void add_difference(double score);
  void add_block(double mean);

  ProfileSettings settings_;
  double keep_differences_, keep_blocks_;  // share of the memory kept from probe to probe
  std::uint64_t count_ = 0;
  double last_ = 0, last_difference_ = 0, mean_difference_ = 0;
  double squares_ = 0, products_ = 0, weight_ = 0;  // of differences: lag 0, lag 1, number
  double block_sum_ = 0;
  unsigned in_block_ = 0, blocks_ = 0;
  double block_1_ = 0, block_2_ = 0;  // the last block mean and the one before
  double block_squares_ = 0, block_weight_ = 0;
};

}  // namespace gradus
