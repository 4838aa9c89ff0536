#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "base/invariant.h"

namespace gradus {

/// A queue between two threads that blocks when full: nothing is dropped, so a slow reader shows as
/// lag at the source.
/// Threads: any; each element has one owner at a time. Cost: one lock an operation; push batches,
/// not examples.
template <typename T>
class BoundedQueue {
 public:
  /// `capacity` is at least 1.
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {
    invariant(capacity > 0, "a queue without room would block for ever");
  }

  /// Waits for room; false where the queue is closed, or a stop requested before there is room:
  /// `value` is then untouched.
  bool push(T&& value, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, stop, [&] { return closed_ || items_.size() < capacity_; });
    if (closed_ || items_.size() >= capacity_) return false;
    items_.push_back(std::move(value));
    lock.unlock();
    filled_.notify_one();
    return true;
  }

  /// Adds it where there is room now; false where the queue is full or closed: `value` is then
  /// untouched.
  bool try_push(T&& value) {
    std::unique_lock lock(mutex_);
    if (closed_ || items_.size() >= capacity_) return false;
    items_.push_back(std::move(value));
    lock.unlock();
    filled_.notify_one();
    return true;
  }

  /// Waits for an element, also after `close`; empty once closed and drained, or where a stop is
  /// requested before there is one.
  std::optional<T> pop(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, stop, [&] { return closed_ || !items_.empty(); });
    return take(lock);
  }

  /// As pop, but waits no longer than `time`.
  template <typename Rep, typename Period>
  std::optional<T> pop_for(const std::stop_token& stop, std::chrono::duration<Rep, Period> time) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, stop, time, [&] { return closed_ || !items_.empty(); });
    return take(lock);
  }

  /// An element where there is one now.
  std::optional<T> try_pop() {
    std::unique_lock lock(mutex_);
    return take(lock);
  }

  /// No more elements will come; readers drain what is left. Idempotent.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    room_.notify_all();
    filled_.notify_all();
  }

  /// True once closed and empty.
  bool drained() const {
    std::lock_guard lock(mutex_);
    return closed_ && items_.empty();
  }

  std::size_t size() const {
    std::lock_guard lock(mutex_);
    return items_.size();
  }

 private:
  std::optional<T> take(std::unique_lock<std::mutex>& lock) {
    if (items_.empty()) return std::nullopt;
    std::optional<T> value(std::move(items_.front()));
    items_.pop_front();
    lock.unlock();
    room_.notify_one();
    return value;
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable_any room_;
  std::condition_variable_any filled_;
  std::deque<T> items_;  // guarded by mutex_
  bool closed_ = false;  // guarded by mutex_
};

}  // namespace gradus
