#include "progress/probe_density.h"

namespace gradus {

void ProbeDensity::add(double u) {
  recent_.push_back(u);
  while (recent_.size() > kMost || (recent_.size() > 2 && u - recent_.front() > 1))
    recent_.pop_front();
}

std::optional<double> ProbeDensity::per_doubling() const {
  if (recent_.size() < 2) return std::nullopt;
  const double span = recent_.back() - recent_.front();
  return span > 0 ? std::optional(static_cast<double>(recent_.size() - 1) / span) : std::nullopt;
}

}  // namespace gradus
