#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "progress/bands.h"
#include "progress/item_evidence.h"
#include "progress/slope_detector.h"
#include "progress/task_monitor.h"
#include "progress/verdict_machine.h"

namespace gradus {
namespace {

constexpr double kTarget = 0.9;

/// Arbitrary signals, alarms rarer than not.
rc::Gen<Signals> any_signals() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 101), rc::gen::inRange(0, 20), rc::gen::inRange(0, 12)),
      [](const std::tuple<int, int, int>& draw) {
        const auto& [percent, gap, alarm] = draw;
        const double score = percent / 100.0;
        return Signals{.score = score,
                       .wilson_lower = score - gap / 100.0,
                       .peek_safe_lower = score - 0.12,
                       .above_floor = score > 0.2,
                       .progress = alarm == 0 || alarm == 3,
                       .stall = alarm == 1 || alarm == 3,
                       .regress = alarm == 2};
      });
}

/// A curve that wanders: pieces of random slope and noise, unevenly spaced.
std::vector<MeanScore> any_curve() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  SplitMix64 random(seed);
  std::vector<MeanScore> curve;
  double u = 9, level = random.uniform();
  for (int piece = 0; piece < 6; ++piece) {
    const double slope = 0.4 * random.uniform() - 0.2, noise = 0.02 * random.uniform();
    const double spacing = 0.01 + 0.1 * random.uniform();
    for (int i = 0; i < 60; ++i) {
      u += spacing;
      level = std::clamp(level + slope * spacing, 0.0, 1.0);
      const double score = std::clamp(level + noise * random.normal(), 0.0, 1.0);
      curve.push_back({static_cast<Step>(std::exp2(u)), score, 0.3, 128, 0});
    }
  }
  return curve;
}

RC_GTEST_PROP(VerdictProperty, IsNeverStalledAtOrAboveTheTarget, ()) {
  VerdictMachine machine(kTarget);
  for (const Signals& signals : *rc::gen::container<std::vector<Signals>>(any_signals()))
    if (machine.next(signals) == Verdict::kStalled) RC_ASSERT(signals.score < kTarget);
}

RC_GTEST_PROP(VerdictProperty, LeavesDormantOnlyThroughProgressAboveTheFloorOrMastery, ()) {
  VerdictMachine machine(kTarget);
  bool progressed = false;
  for (const Signals& signals : *rc::gen::container<std::vector<Signals>>(any_signals())) {
    const Verdict before = machine.verdict();
    const Verdict after = machine.next(signals);
    progressed = progressed || signals.progress;
    if (before != Verdict::kDormant || after == Verdict::kDormant) continue;
    RC_ASSERT(after == Verdict::kMastered ||
              (after == Verdict::kLearning && progressed && signals.above_floor));
  }
}

RC_GTEST_PROP(VerdictProperty, AnAlarmStaysUntilProgressTheTargetOrAWorseOne, ()) {
  VerdictMachine machine(kTarget);
  for (const Signals& signals : *rc::gen::container<std::vector<Signals>>(any_signals())) {
    const Verdict before = machine.verdict();
    const Verdict after = machine.next(signals);
    if (before == Verdict::kRegressing && after != before)
      RC_ASSERT(signals.progress || after == Verdict::kMastered);
    if (before == Verdict::kStalled && after != before)
      RC_ASSERT(signals.progress || signals.score >= kTarget || after == Verdict::kRegressing ||
                after == Verdict::kMastered);
    if (before == Verdict::kMastered && after != before) RC_ASSERT(signals.regress);
  }
}

RC_GTEST_PROP(VerdictProperty, AMonitorStaysSoundOnAnyCurve, ()) {
  TaskMonitor monitor({.floor = 0.2, .target = kTarget}, 128);
  for (const MeanScore& score : any_curve()) {
    const auto outcome = monitor.add(score);
    RC_ASSERT(std::isfinite(monitor.progress().log_e) && std::isfinite(monitor.stall().log_e) &&
              std::isfinite(monitor.regress().log_e));
    RC_ASSERT(monitor.noise().value() >= LongRunVariance::kFloor);
    if (monitor.verdict() == Verdict::kStalled) RC_ASSERT(score.score < kTarget);
    if (outcome.move && outcome.move->to == Verdict::kStalled) {
      RC_ASSERT(outcome.move->alarm.has_value());
      RC_ASSERT(outcome.move->alarm->evidence.log_e >= outcome.move->alarm->evidence.threshold);
    }
  }
}

RC_GTEST_PROP(BandProperty, IntervalsHoldTheScoreInsideTheUnitInterval, ()) {
  const auto items = *rc::gen::inRange<std::uint32_t>(1, 5000);
  const double share = *rc::gen::inRange(0, 1001) / 1000.0;
  for (const Interval& interval :
       {wilson(share, items), one_look(share, 0.3, items), band(share, dkw_half_width(items)),
        band(share, spending_half_width(items, 17))}) {
    RC_ASSERT(interval.lower >= 0 && interval.upper <= 1);
    RC_ASSERT(interval.lower <= share + 1e-12 && interval.upper >= share - 1e-12);
  }
}

RC_GTEST_PROP(LossEvidenceProperty, GrowsWithLossesAndShrinksWithGains, ()) {
  const auto gained = *rc::gen::inRange<std::uint32_t>(0, 500);
  const auto lost = *rc::gen::inRange<std::uint32_t>(0, 500);
  const double here = log_loss_evidence({gained, lost});
  RC_ASSERT(log_loss_evidence({gained, lost + 1}) > here);
  RC_ASSERT(log_loss_evidence({gained + 1, lost}) < here);
}

// The shortcut that needs no logarithms must not change a single alarm.
RC_GTEST_PROP(SlopeDetectorProperty, ReachesWhatItsEvidenceReaches, ()) {
  const std::vector<MeanScore> curve = any_curve();
  SlopeDetector progress(SlopeQuestion::kProgress), regress(SlopeQuestion::kRegress);
  SlopeDetector stall(SlopeQuestion::kStall, {.items = 32, .target = kTarget});
  const double threshold = *rc::gen::inRange(-20, 200) / 10.0;
  for (const MeanScore& score : curve) {
    const double u = std::log2(static_cast<double>(score.step));
    const CurveScore next{score.step, u, score.score, 4e-4};
    for (SlopeDetector* detector : {&progress, &regress, &stall}) {
      detector->add(next);
      RC_ASSERT(detector->reaches(threshold) == (detector->log_evidence() >= threshold));
    }
  }
}

RC_GTEST_PROP(SlopeDetectorProperty, DoesNotDependOnWhereTheAxesBegin, ()) {
  const std::vector<MeanScore> curve = any_curve();
  SlopeDetector here(SlopeQuestion::kRegress), there(SlopeQuestion::kRegress);
  for (const MeanScore& score : curve) {
    const double u = std::log2(static_cast<double>(score.step));
    here.add({score.step, u, score.score, 1e-4});
    there.add({score.step, u + 5, score.score + 0.25, 1e-4});
    RC_ASSERT(std::abs(here.log_evidence() - there.log_evidence()) <
              1e-6 * (1 + std::abs(here.log_evidence())));
  }
}

}  // namespace
}  // namespace gradus
