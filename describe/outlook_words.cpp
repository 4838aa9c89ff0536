#include "describe/outlook_words.h"

#include <algorithm>
#include <cmath>

#include "describe/step_axis.h"
#include "describe/words.h"

namespace gradus {
namespace {

constexpr double kUnlikely = 0.05;  // as the alert GradusLearningTooSlow has it
constexpr double kWidest = 4;       // doublings of an interval that one can still plan with

bool is_vague(const TaskProgress& task, const ExamplesToTarget& ahead) {
  const double now = std::max(1.0, static_cast<double>(task.step));
  return std::log2((now + std::max(0.0, ahead.p90)) / (now + std::max(0.0, ahead.p10))) > kWidest;
}

std::string examples(double count) {
  return short_step(static_cast<Step>(std::llround(std::max(0.0, count))));
}

std::string whole_percent(double share) {
  return std::to_string(std::lround(100 * std::min(1.0, share))) + " %";
}

std::string over(const std::optional<double>& width) {
  return width ? " over " + two_digits(*width) + " doublings" : "";
}

std::string kind_words(const Threshold& threshold) {
  const std::string jump = whole_percent(threshold.share_of_jump);
  switch (threshold.kind) {
    case ThresholdKind::kUndecided:
      return "Undecided: too few probes, or too little rise, to say whether it comes at once";
    case ThresholdKind::kContinuous:
      return "Continuous: it grew bit by bit" + over(threshold.width) +
             "; no eight probes hold more than " + jump + " of the rise";
    case ThresholdKind::kMetricArtefact:
      return "Metric artefact: it grew bit by bit" + over(threshold.width) +
             (threshold.hidden_progress.value_or(0) < 0.05
                  ? "; exact match only makes it look sudden"
                  : "; " + whole_percent(*threshold.hidden_progress) +
                        " of that was done before exact match first moved");
    case ThresholdKind::kRealJump:
      return "Real jump: " + jump + " of the rise lies within eight probes, near step " +
             with_thousands(threshold.jump_step);
  }
  return "";
}

std::string switch_words(const TaskProgress& task) {
  for (const FacetProgress& facet : task.facets) {
    if (facet.name != task.switched_on || !facet.threshold || !facet.threshold->width) continue;
    return " But a part of it switched on: " + spoken(facet.name) + " rose within " +
           two_digits(*facet.threshold->width) + " doublings, near step " +
           with_thousands(facet.threshold->jump_step) + ".";
  }
  return "";
}

}  // namespace

std::string chance_words(double belief) {
  if (belief < 0.005) return "below 1 %";
  if (belief > 0.995) return "above 99 %";
  return std::to_string(std::lround(100 * belief)) + " %";
}

std::string forecast_words(const TaskProgress& task) {
  if (task.just_lost) return "No forecast: the skill was just lost.";
  if (!task.forecast || task.verdict == Verdict::kMastered) return "";
  const std::string ever = chance_words(task.forecast->belief_ever);
  const std::string target = two_digits(task.target);
  if (task.forecast->belief_ever < kUnlikely && slope_reaches_target(task))
    return "The present slope may reach " + target +
           " within one more doubling; the forecast gives it " + ever + ".";
  if (!task.forecast->examples_to_target)
    return "No way is seen to " + target + "; chance that it ever gets there: " + ever + ".";
  if (task.forecast->belief_ever < kUnlikely)
    return "Not likely to reach " + target + ": chance " + ever + ".";
  if (task.forecast->examples_to_target->p50 <= 0)
    return "Its score is at " + target + "; its lower bound is not yet.";
  const ExamplesToTarget& ahead = *task.forecast->examples_to_target;
  if (!is_foretold(task))
    return "When it reaches " + target + " is not known yet" +
           (ahead.p10 < 1 ? "" : ": not before " + examples(ahead.p10) + " more examples") +
           ", if it gets there: " + ever + ".";
  return "Reaches " + target + " in about " + examples(ahead.p50) + " more examples (" +
         examples(ahead.p10) + " to " + examples(ahead.p90) + "), if it gets there: " + ever + ".";
}

bool is_foretold(const TaskProgress& task) {
  if (!task.forecast || !task.forecast->examples_to_target || task.verdict == Verdict::kMastered)
    return false;
  const ExamplesToTarget& ahead = *task.forecast->examples_to_target;
  return task.forecast->belief_ever >= kUnlikely && ahead.p50 > 0 && !is_vague(task, ahead);
}

std::string short_forecast_words(const TaskProgress& task) {
  const ExamplesToTarget& ahead = *task.forecast->examples_to_target;
  return two_digits(task.target) + " in about " + examples(ahead.p50) + " more (" +
         examples(ahead.p10) + " to " + examples(ahead.p90) + "), chance " +
         chance_words(task.forecast->belief_ever);
}

std::string threshold_words(const TaskProgress& task) {
  if (!task.threshold || task.items == 0) return "";
  const Threshold& threshold = *task.threshold;
  return kind_words(threshold) + " (J " + two_digits(threshold.share_of_jump) +
         (threshold.hidden_progress ? ", H " + two_digits(*threshold.hidden_progress) : "") +
         ", resolution " + two_digits(threshold.resolution) + " doublings)." + switch_words(task);
}

std::string calibration_words(const ForecastCalibration& calibration) {
  if (calibration.resolved < ForecastCalibration::kFewest)
    return "Uncalibrated: " + std::to_string(calibration.resolved) + " of " +
           std::to_string(ForecastCalibration::kFewest) + " forecasts resolved.";
  std::string out = with_thousands(calibration.resolved) + " forecasts resolved.";
  if (!calibration.beats_coin()) out = "Uncalibrated: no better than a coin in " + out;
  const IntervalCalibration& intervals = calibration.intervals;
  if (intervals.resolved > 0)
    out += " Of the intervals of 80 %, " + with_thousands(intervals.covered) + " of " +
           with_thousands(intervals.resolved) + " held; the median was off by " +
           two_digits(intervals.median_error) + " doublings.";
  return out;
}

}  // namespace gradus
