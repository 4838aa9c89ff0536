#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/step.h"

namespace gradus {

/// Whether a skill came at once.
enum class ThresholdKind : std::uint8_t {
  kUndecided,       ///< too few scores, or too little rise so far
  kContinuous,      ///< it grew bit by bit
  kMetricArtefact,  ///< it grew bit by bit, and exact match hid that
  kRealJump,        ///< at least half of its rise lies within eight probes
};
inline constexpr std::size_t kThresholdKinds = 4;
/// The word of the API: undecided, continuous, metric_artefact, real_jump.
std::string_view threshold_name(ThresholdKind kind);

/// Does a threshold exist in this curve?
/// Source: docs/statistics.md, "Thresholds". Units: widths in doublings.
struct Threshold {
  ThresholdKind kind = ThresholdKind::kUndecided;
  double share_of_jump = 0;        ///< J(q): largest share of q's rise within eight probes
  double share_of_jump_exact = 0;  ///< the same of exact match
  Step jump_step = 0;              ///< where q's largest jump lies
  /// H: share of q's rise above its floor that was done when exact match first moved. Empty where
  /// exact match has not risen enough to tell.
  std::optional<double> hidden_progress;
  std::optional<double> width, width_exact;  ///< from a tenth to nine tenths of the rise
  double resolution = 0;  ///< four probes: a jump finer than this cannot be told from a fast ramp

  bool operator==(const Threshold&) const = default;
};

}  // namespace gradus
