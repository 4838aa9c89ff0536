#include "progress/task_monitor.h"

#include <cmath>

#include "progress/bands.h"

namespace gradus {
namespace {

// A learner whose probes cannot keep pace is seen first at a score of .2 and then at .9: taken for
// noise, that step hides every fault for the rest of the run. Skills gain most of their rise within
// half a doubling to one and a half; closer probes must count, since a live run on two cores has no
// more than 8 to 16 in a doubling.
constexpr double kLongestSpacing = 0.25;  // doublings

double half_way(const MonitorOptions& options) { return (options.floor + options.target) / 2; }

}  // namespace

TaskMonitor::TaskMonitor(const MonitorOptions& options, std::uint32_t items)
    : options_(options),
      settings_(settings_of(options.profile)),
      threshold_(alarm_threshold(options.planned_probes, options.alpha)),
      noise_(settings_, half_way(options)),
      progress_(SlopeQuestion::kProgress),
      stall_(SlopeQuestion::kStall, StallReference{.slope_error_share = settings_.slope_error_share,
                                                   .items = items,
                                                   .target = options.target}),
      regress_(SlopeQuestion::kRegress),
      machine_(options.target) {}

TaskMonitor::Outcome TaskMonitor::add(const MeanScore& next) {
  const double now = doublings(next.step);
  if (warm()) {
    const CurveScore score{next.step, now, next.score, noise_.value()};
    progress_.add(score);
    stall_.add(score);
    regress_.add(score);
  }
  const bool follows = noise_.count() == 0 || now - last_doublings_ <= kLongestSpacing;
  follows ? noise_.add(next.score) : noise_.add_after_gap(next.score);
  last_doublings_ = now;
  if (next.score >= options_.target) at_target_ = next.step;

  const auto progress = take_alarm(progress_);
  const auto stall = take_alarm(stall_);
  const auto regress = take_alarm(regress_);
  const Verdict from = machine_.verdict();
  const Verdict to = machine_.next(
      {.score = next.score,
       .wilson_lower = wilson(next.score, next.items).lower,
       .peek_safe_lower = next.peek_safe_lower,
       .peek_safe_upper = next.peek_safe_upper,
       .above_floor = one_look(next.score, next.item_sd, next.items).lower > options_.floor,
       .progress = progress.has_value(),
       .stall = stall.has_value(),
       .regress = regress.has_value(),
       .unchanged = next.unchanged_since.has_value()});
  restart_detectors(from, to, regress ? Regress::kAlarmed : Regress::kSilent);
  if (from == Verdict::kDormant && progress) found_progress_ = progress;

  // A fast task is mastered by its score before the detector knows the noise.
  const bool mastered = to == Verdict::kMastered && from != to;
  Outcome outcome{.move = std::nullopt,
                  .improved = progress || mastered,
                  .alarmed = progress || stall || regress};
  if (to == from) return outcome;
  outcome.move = VerdictMove{from, to, std::nullopt};
  if (to == Verdict::kStalled && next.unchanged_since)
    outcome.move->unchanged_since = next.unchanged_since;
  else if (to == Verdict::kStalled)
    outcome.move->alarm = stall;
  if (to == Verdict::kRegressing) outcome.move->alarm = regress;
  if (to == Verdict::kRegressing && !regress) outcome.move->left_target = at_target_;
  if (to == Verdict::kLearning)
    outcome.move->alarm = from == Verdict::kDormant ? found_progress_ : progress;
  return outcome;
}

void TaskMonitor::rearm() {
  noise_ = CurveNoise(settings_, half_way(options_));
  progress_.reset();
  stall_.reset();
  regress_.reset();
}

std::optional<Alarm> TaskMonitor::take_alarm(SlopeDetector& detector) const {
  if (!detector.reaches(threshold_)) return std::nullopt;
  const SlopeWindow window = detector.strongest();
  const Alarm alarm{.evidence = {detector.log_evidence(), threshold_},
                    .window_from = window.from,
                    .slope_before = window.expected,
                    .slope_now = window.found};
  detector.reset();
  return alarm;
}

void TaskMonitor::restart_detectors(Verdict from, Verdict to, Regress regress) {
  // What ends an alarm must have happened after it; what stalls must have been learning.
  const bool alarm = to == Verdict::kRegressing ? from != to || regress == Regress::kAlarmed
                                                : to == Verdict::kStalled && from != to;
  if (alarm) progress_.reset();
  if (to == Verdict::kLearning && from != to) stall_.reset();
}

}  // namespace gradus
