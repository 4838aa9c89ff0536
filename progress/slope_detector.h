#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "progress/slope_start.h"

namespace gradus {

/// What a detector looks for in a curve.
enum class SlopeQuestion : std::uint8_t {
  kProgress,  ///< it rises
  kStall,     ///< it rises at less than half its recent rate
  kRegress,   ///< it falls
};

/// How the reference rate of a stall is set.
/// Units: rates per doubling of the examples learned.
struct StallReference {
  double lowest_rate = 0.02;
  double slope_error_share = 2;  ///< standard errors taken off the recent slope
  unsigned items = 0;            ///< of the task, for the bumps that a finite set makes; 0: none
  /// Where given, no rate is asked for that would carry the score there in less than two doublings.
  std::optional<double> target = std::nullopt;
};

/// The stretch of the curve that carries most of the evidence.
struct SlopeWindow {
  Step from = 0;
  double expected = 0;  ///< per doubling
  double found = 0;     ///< per doubling
};

/// An e-detector of a change of slope: a bank of starts spread over the past, whose evidence is
/// summed, so that the moment of the change need not be known.
/// Source: Shin, Ramdas, Rinaldo, "E-detectors"; docs/statistics.md, "The bank".
/// Assumes: `noise` of the scores is not below their true long-run variance.
/// Threads: owned by the probe thread. Cost: 48 starts a score, 48 x 3 scales when the evidence is
/// asked for; no allocation after construction.
class SlopeDetector {
 public:
  static constexpr unsigned kStartEvery = 4;
  static constexpr unsigned kMostStarts = 48;

  explicit SlopeDetector(SlopeQuestion question, StallReference reference = {});

  /// Takes the next score of the curve; u must not fall and noise must be positive.
  void add(const CurveScore& next);
  /// ln of the summed evidence; 0 before the first score.
  double log_evidence() const;
  /// Whether log_evidence() is at least this; costs little where there is hardly any evidence.
  bool reaches(double log_threshold) const;
  /// Of the start with the most evidence; all zero before the first score.
  SlopeWindow strongest() const;
  /// Forgets everything; the next score makes the first start.
  void reset();

 private:
  double next_reference(const CurveScore& next) const;
  ScaledNumber evidence_of(const SlopeStart& start) const;
  double most_evidence(double log_scale) const;
  void drop_one();

  SlopeQuestion question_;
  StallReference reference_;
  std::vector<SlopeStart> starts_;
  std::uint64_t probes_ = 0;
};

/// The evidence at which a detector alarms, so that the chance of an alarm within `planned_probes`
/// of a curve that gives no cause is at most `alpha`: ln(T / (B alpha)).
double alarm_threshold(unsigned planned_probes, double alpha);

}  // namespace gradus
