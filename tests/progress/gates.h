#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "progress/curve_noise.h"
#include "progress/slope_detector.h"
#include "tests/progress/simulation.h"

namespace gradus::test {

/// One detector of a profile on one curve, until it first alarms: alpha 0.05, as many probes
/// planned as the healthy curve has, no amendment (they only suppress alarms).
class WatchedCurve {
 public:
  WatchedCurve(Profile profile, SlopeQuestion question, unsigned planned_probes);
  /// Uses this variance instead of the estimate, from the first probe on.
  void know_noise(double variance) { known_noise_ = variance; }

  void add(double u, double score);
  /// The probe of the first alarm, counted from 0.
  std::optional<int> alarm() const { return alarm_; }

 private:
  const ProfileSettings& settings_;
  CurveNoise noise_;
  SlopeDetector detector_;
  double threshold_;
  std::optional<double> known_noise_;
  int probe_ = 0;
  std::optional<int> alarm_;
};

/// Share of `runs` on which something held, e.g. a false alarm.
double share_of_runs(int runs, const std::function<bool(int)>& held);

/// How a detector does on learners that change at a known probe.
struct DelayResult {
  double median_doublings = 0;  ///< from the change to the alarm, over runs with one
  double missed = 0;            ///< share of runs without alarm within 6 doublings
  double early = 0;             ///< share of runs with an alarm before the change
};
DelayResult delay_of(Profile profile, SlopeQuestion question, const Regime& regime, Change change,
                     int runs);

/// Share of healthy runs of ten doublings on which the detector alarms.
double healthy_alarms(Profile profile, SlopeQuestion question, const Regime& regime, int runs);

/// The regimes by their letter: A to E, G (dense probes), H (fresh items).
Regime regime(char letter);

}  // namespace gradus::test
