#include "progress/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace gradus {

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdictCount> kNames{"dormant", "learning", "stalled",
                                                               "regressing", "mastered"};
  return kNames[static_cast<std::size_t>(verdict)];
}

bool slope_reaches_target(const TaskProgress& task) {
  return task.slope_upper && task.score + *task.slope_upper >= task.target;
}

std::string_view forecaster_name(Forecaster forecaster) {
  constexpr std::array<std::string_view, kForecasters> kNames{"curve_filter", "linear",
                                                              "persistence"};
  return kNames[static_cast<std::size_t>(forecaster)];
}

std::string_view annotation_kind_name(AnnotationKind kind) {
  return kind == AnnotationKind::kFault ? "fault" : "note";
}

bool has_happened(const Annotation& annotation, Step step) {
  return annotation.kind == AnnotationKind::kNote || annotation.step <= step;
}

std::vector<Annotation> annotations_until(const ProgressReport& report, Step step) {
  std::vector<Annotation> out;
  std::copy_if(report.annotations.begin(), report.annotations.end(), std::back_inserter(out),
               [step](const Annotation& each) { return has_happened(each, step); });
  return out;
}

std::optional<Step> Watch::armed_from(Step now) const {
  constexpr double kFarthest = 20;  // doublings: nobody waits for more
  if (armed() || !per_doubling || now == 0) return std::nullopt;
  const double ahead = static_cast<double>(probes_needed - probes) / *per_doubling;
  if (ahead > kFarthest) return std::nullopt;
  return static_cast<Step>(static_cast<double>(now) * std::exp2(ahead));
}

std::string_view threshold_name(ThresholdKind kind) {
  constexpr std::array<std::string_view, 4> kNames{"undecided", "continuous", "metric_artefact",
                                                   "real_jump"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace gradus
