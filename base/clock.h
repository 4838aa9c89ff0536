#pragma once

#include <chrono>

namespace gradus {

/// Wall-clock time, to the microsecond, in UTC.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::nanoseconds;

/// Seconds since 1970 as Prometheus wants them.
inline double unix_seconds(Timestamp time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// Where time comes from; passed in, so that replay and tests can own it.
/// Threads: every method may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall-clock time; may jump when the machine's clock is set.
  virtual Timestamp now() const = 0;
  /// Monotonic time since an arbitrary start; for durations and rates.
  virtual Duration elapsed() const = 0;
  /// CPU time that the calling thread has used.
  virtual Duration thread_cpu() const = 0;
  /// Blocks the calling thread for `time`; a manual clock moves on by it instead.
  virtual void sleep(Duration time) = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
  Duration elapsed() const override;
  Duration thread_cpu() const override;
  void sleep(Duration time) override;
};

/// A clock that stands still until told otherwise; for replay and tests.
/// Threads: one thread moves it and reads it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start = Timestamp{}) : start_(start) {}
  Timestamp now() const override;
  Duration elapsed() const override { return elapsed_; }
  Duration thread_cpu() const override { return elapsed_; }
  void sleep(Duration time) override { advance(time); }
  void advance(Duration time) { elapsed_ += time; }

 private:
  Timestamp start_;
  Duration elapsed_{0};
};

}  // namespace gradus
