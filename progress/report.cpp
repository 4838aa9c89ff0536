#include "progress/report.h"

#include <array>

namespace gradus {

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdictCount> kNames{"dormant", "learning", "stalled",
                                                               "regressing", "mastered"};
  return kNames[static_cast<std::size_t>(verdict)];
}

}  // namespace gradus
