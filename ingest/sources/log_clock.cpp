#include "ingest/sources/log_clock.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gradus {

LogClock::LogClock(double cap, double seconds_per_doubling)
    : doubling_(seconds_per_doubling),
      first_rate_(std::min(cap, kStart * std::numbers::ln2 / seconds_per_doubling)),
      cap_(cap),
      growth_ends_n_(std::max(kStart, cap * seconds_per_doubling / std::numbers::ln2)),
      growth_begins_(kStart / first_rate_),
      growth_ends_(growth_begins_ + doubling_ * std::log2(growth_ends_n_ / kStart)) {}

double LogClock::seconds_at(double n) const {
  if (n <= kStart) return n / first_rate_;
  if (n <= growth_ends_n_) return growth_begins_ + doubling_ * std::log2(n / kStart);
  return growth_ends_ + (n - growth_ends_n_) / cap_;
}

double LogClock::count_at(double seconds) const {
  if (seconds <= growth_begins_) return seconds * first_rate_;
  if (seconds <= growth_ends_) return kStart * std::exp2((seconds - growth_begins_) / doubling_);
  return growth_ends_n_ + (seconds - growth_ends_) * cap_;
}

}  // namespace gradus
