#include "progress/report.h"

#include <array>

namespace gradus {

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdictCount> kNames{"dormant", "learning", "stalled",
                                                               "regressing", "mastered"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view forecaster_name(Forecaster forecaster) {
  constexpr std::array<std::string_view, kForecasters> kNames{"curve_filter", "linear",
                                                              "persistence"};
  return kNames[static_cast<std::size_t>(forecaster)];
}

std::string_view threshold_name(ThresholdKind kind) {
  constexpr std::array<std::string_view, 4> kNames{"undecided", "continuous", "metric_artefact",
                                                   "real_jump"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace gradus
