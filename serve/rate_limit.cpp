#include "serve/rate_limit.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gradus {

std::uint64_t RateLimit::grant(std::uint64_t wanted) {
  if (per_second_ <= 0 || wanted == 0) return wanted;
  const double most = std::max(1.0, per_second_ / 10);
  for (;;) {
    const double due =
        std::chrono::duration<double>(clock_.elapsed() - start_).count() * per_second_;
    const double open = due - static_cast<double>(granted_);
    if (open >= 1) {
      const auto given = std::min(wanted, static_cast<std::uint64_t>(std::min(open, most)));
      granted_ += given;
      return given;
    }
    // A wait shorter than the clock's resolution would never end.
    const double wait = std::clamp((1 - open) / per_second_, 1e-6, 0.1);
    clock_.sleep(std::chrono::duration_cast<Duration>(std::chrono::duration<double>(wait)));
  }
}

}  // namespace gradus
