#include "progress/task_monitor.h"

#include <cmath>

#include "progress/bands.h"

namespace gradus {

TaskMonitor::TaskMonitor(const MonitorOptions& options, std::uint32_t items)
    : options_(options),
      settings_(settings_of(options.profile)),
      threshold_(alarm_threshold(options.planned_probes, options.alpha)),
      noise_(settings_),
      progress_(SlopeQuestion::kProgress),
      stall_(SlopeQuestion::kStall, StallReference{.slope_error_share = settings_.slope_error_share,
                                                   .items = items,
                                                   .target = options.target}),
      regress_(SlopeQuestion::kRegress),
      machine_(options.target) {}

TaskMonitor::Outcome TaskMonitor::add(const MeanScore& next) {
  if (warm()) {
    const CurveScore score{next.step, doublings(next.step), next.score, noise_.value()};
    progress_.add(score);
    stall_.add(score);
    regress_.add(score);
  }
  noise_.add(next.score);

  const Alarm progress = take_alarm(progress_);
  const Alarm stall = take_alarm(stall_);
  const Alarm regress = take_alarm(regress_);
  const Verdict from = machine_.verdict();
  const Verdict to = machine_.next(
      {.score = next.score,
       .wilson_lower = wilson(next.score, next.items).lower,
       .peek_safe_lower = next.peek_safe_lower,
       .above_floor = one_look(next.score, next.item_sd, next.items).lower > options_.floor,
       .progress = progress.fired,
       .stall = stall.fired,
       .regress = regress.fired});
  restart_detectors(from, to, regress.fired);

  Outcome outcome{.move = std::nullopt, .improved = progress.fired};
  if (to != from) {
    const Alarm& cause = to == Verdict::kStalled      ? stall
                         : to == Verdict::kRegressing ? regress
                                                      : progress;
    outcome.move = VerdictMove{from, to, cause.window, cause.evidence};
  }
  return outcome;
}

void TaskMonitor::rearm() {
  noise_ = LongRunVariance(settings_);
  progress_.reset();
  stall_.reset();
  regress_.reset();
}

TaskMonitor::Alarm TaskMonitor::take_alarm(SlopeDetector& detector) const {
  const Evidence evidence{detector.log_evidence(), threshold_};
  if (evidence.log_e < threshold_) return {false, {}, evidence};
  const Alarm alarm{true, detector.strongest(), evidence};
  detector.reset();
  return alarm;
}

void TaskMonitor::restart_detectors(Verdict from, Verdict to, bool regress) {
  // What ends an alarm must have happened after it; what stalls must have been learning.
  const bool alarm =
      to == Verdict::kRegressing ? from != to || regress : to == Verdict::kStalled && from != to;
  if (alarm) progress_.reset();
  if (to == Verdict::kLearning && from != to) stall_.reset();
}

}  // namespace gradus
