#include "base/clock.h"

#include <cerrno>
#include <ctime>

namespace gradus {
namespace {

Duration read_clock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

Timestamp SystemClock::now() const {
  return Timestamp(std::chrono::floor<std::chrono::microseconds>(read_clock(CLOCK_REALTIME)));
}

Duration SystemClock::elapsed() const { return read_clock(CLOCK_MONOTONIC); }

Duration SystemClock::thread_cpu() const { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

void SystemClock::sleep(Duration time) {
  if (time <= Duration::zero()) return;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  timespec rest{.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
  while (::clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR) {
  }
}

Timestamp ManualClock::now() const {
  return start_ + std::chrono::floor<std::chrono::microseconds>(elapsed_);
}

}  // namespace gradus
