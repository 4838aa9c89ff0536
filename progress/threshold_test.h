#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "progress/threshold.h"

namespace gradus {

/// The rise of one curve: where it began, where it is, its sharpest piece and when it passed each
/// level. Units: u in doublings. Cost: O(1) a score, memory flat.
class CurveRise {
 public:
  static constexpr unsigned kEnd = 20;  ///< scores that an end of the curve is the mean of

  void add(Step step, double u, double score);

  std::uint64_t count() const { return count_; }
  /// Means of the first and of the last 20 scores.
  double begin() const;
  double end() const;
  /// The largest difference of two neighbouring means of four scores over the rise.
  double share_of_jump() const;
  Step jump_step() const { return jump_step_; }
  /// Doublings that four probes take at the largest jump; at the newest scores where there is none.
  double resolution() const { return resolution_; }
  /// Doublings from a tenth of the rise to nine tenths; empty where there is hardly any.
  std::optional<double> width() const;
  /// Mean of the up to five scores before the newest.
  double just_before() const;

  /// A rise below this is none.
  static constexpr double kLeastRise = 0.05;

 private:
  static constexpr unsigned kHalf = 4;      // scores on each side of a jump
  static constexpr unsigned kLevels = 128;  // of the score, at which the time of passing is kept

  double mean_of_last(unsigned count, unsigned skipped) const;
  void look_for_jump();
  void mark_levels(double u);

  struct Point {
    Step step = 0;
    double u = 0, score = 0;
  };
  std::array<Point, kEnd> last_{};  // the newest at (count_ - 1) % kEnd
  std::uint64_t count_ = 0;
  double first_sum_ = 0;
  double largest_jump_ = 0;
  Step jump_step_ = 0;
  double resolution_ = 0;
  // u at which the mean of four scores first reached each level; those below passed_ are set.
  std::array<float, kLevels + 1> passed_at_{};
  unsigned passed_ = 0;
};

/// Whether there is a threshold in a curve, from its mean scores and its exact matches.
/// Source: docs/statistics.md, "Thresholds"; Schaeffer et al. 2023 for what exact match does.
/// Threads: owned by the probe thread. Cost: O(1) a score, 3 kB, no allocation.
class ThresholdTest {
 public:
  /// What a score is worth without the skill; empty where nobody knows, as of a facet.
  struct Floors {
    double score = 0;
    double exact = 0;
  };
  explicit ThresholdTest(const std::optional<Floors>& floors) : floors_(floors) {}

  struct Probe {
    Step step = 0;
    double score = 0;
    double exact = 0;  ///< share of the items
    std::uint32_t items = 0;
  };
  /// Takes the next probe; its step is above the last one's.
  void add(const Probe& next);
  Threshold result() const;

 private:
  std::optional<double> hidden_progress() const;

  std::optional<Floors> floors_;
  CurveRise score_, exact_;
  unsigned moved_in_a_row_ = 0;
  std::optional<double> score_at_onset_;  // of the score, when exact match first moved
};

}  // namespace gradus
