#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

namespace gradus {

/// A slot that holds the newest immutable value: a writer never waits for readers, readers never
/// see half a value.
/// Threads: any. Cost: one short lock. (std::atomic<std::shared_ptr> of libstdc++ 12 is not clean
/// under ThreadSanitizer.)
template <typename T>
class Latest {
 public:
  using Value = std::shared_ptr<const T>;

  /// Replaces the value and wakes those who wait.
  void set(Value value) {
    {
      std::lock_guard lock(mutex_);
      value_.swap(value);  // the old value is destroyed outside the lock
      ++version_;
    }
    changed_.notify_all();
  }

  /// The newest value; null before the first.
  Value get() const {
    std::lock_guard lock(mutex_);
    return value_;
  }

  /// Number of values set so far.
  std::uint64_t version() const {
    std::lock_guard lock(mutex_);
    return version_;
  }

  /// Waits until more than `seen` values were set, `time` has passed or a stop is requested; true
  /// and `seen` moved on where there is a newer value.
  template <typename Rep, typename Period>
  bool wait_newer(std::uint64_t& seen, const std::stop_token& stop,
                  std::chrono::duration<Rep, Period> time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, time, [&] { return version_ > seen; });
    if (version_ <= seen) return false;
    seen = version_;
    return true;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  Value value_;                // guarded by mutex_
  std::uint64_t version_ = 0;  // guarded by mutex_
};

}  // namespace gradus
