#pragma once

#include <cstdint>
#include <optional>

#include "base/step.h"
#include "progress/curve_noise.h"
#include "progress/profile.h"
#include "progress/report.h"
#include "progress/slope_detector.h"
#include "progress/verdict_machine.h"

namespace gradus {

/// What a monitor needs of one probe: means, no items.
struct MeanScore {
  Step step = 0;
  double score = 0;    ///< mean over items, in [0, 1]
  double exact = 0;    ///< share of the items, for the threshold
  double item_sd = 0;  ///< standard deviation over items
  std::uint32_t items = 0;
  double peek_safe_lower = 0, peek_safe_upper = 1;
  std::optional<Step> unchanged_since = std::nullopt;  ///< the model has not changed since
};

struct MonitorOptions {
  Profile profile = Profile::kStrict;
  double alpha = 0.05;  ///< chance of a false alarm of each detector in `planned_probes`
  unsigned planned_probes = 400;
  double floor = 0;
  double target = 0.9;
  bool foretells = true;  ///< false: verdicts alone, as a simulation of thousands of curves needs
};

/// A change of verdict with the alarm behind it. None is behind mastering a task, reaching the
/// target again or falling surely below it: the score alone decides those. What makes a dormant
/// task learning may have alarmed at an earlier score, before the floor was passed.
struct VerdictMove {
  Verdict from = Verdict::kDormant;
  Verdict to = Verdict::kDormant;
  std::optional<Alarm> alarm;
  /// Of falling surely below the target: the last probe that was at it.
  std::optional<Step> left_target = std::nullopt;
  /// Of a stall that a model which does not change told of: since when.
  std::optional<Step> unchanged_since = std::nullopt;
};

/// Watches the curve of one task: noise, three slope detectors, verdict.
/// Probes need not be evenly spaced: rates are per doubling and the noise is per probe. Where two
/// are more than a quarter of a doubling apart, their difference is growth and no noise, and the
/// detectors wait for closer ones.
/// Source: docs/statistics.md. Threads: owned by the probe thread.
/// Cost: below 50 us a score; no allocation after the first; memory flat.
class TaskMonitor {
 public:
  TaskMonitor(const MonitorOptions& options, std::uint32_t items);

  struct Outcome {
    std::optional<VerdictMove> move;
    bool improved =
        false;             ///< the progress detector alarmed at this score, or it mastered the task
    bool alarmed = false;  ///< some detector alarmed at this score
  };
  /// Takes the next score of the curve; its step is above the last one's.
  Outcome add(const MeanScore& next);

  /// Forgets the noise and all evidence, as at the first score; the verdict stays.
  void rearm();

  Verdict verdict() const { return machine_.verdict(); }
  Evidence progress() const { return {progress_.log_evidence(), threshold_}; }
  Evidence stall() const { return {stall_.log_evidence(), threshold_}; }
  Evidence regress() const { return {regress_.log_evidence(), threshold_}; }
  const CurveNoise& noise() const { return noise_; }
  /// Whether enough probes are in for the detectors to run.
  bool warm() const { return noise_.count() >= settings_.warm_up; }
  unsigned warm_up() const { return settings_.warm_up; }

 private:
  enum class Regress : std::uint8_t { kSilent, kAlarmed };

  std::optional<Alarm> take_alarm(SlopeDetector& detector) const;
  void restart_detectors(Verdict from, Verdict to, Regress regress);

  MonitorOptions options_;
  const ProfileSettings& settings_;
  double threshold_;
  CurveNoise noise_;
  double last_doublings_ = 0;  // of the score before; 0: none
  SlopeDetector progress_, stall_, regress_;
  VerdictMachine machine_;
  std::optional<Alarm> found_progress_;  // the newest while dormant
  Step at_target_ = 0;                   // of the newest score that is
};

}  // namespace gradus
