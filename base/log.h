#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace gradus {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };
enum class LogFormat : std::uint8_t { kText, kJson };

/// Lines for the operator on stderr, as text or as one JSON object each; over spdlog, without its
/// global registry.
/// Threads: every method may be called from any thread.
class Log {
 public:
  Log(LogFormat format, LogLevel lowest, const Clock& clock);
  /// Writes to a string instead of stderr; for tests.
  Log(LogFormat format, LogLevel lowest, const Clock& clock, std::string& sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(LogLevel level, std::string_view room, std::string_view message);
  void debug(std::string_view room, std::string_view message) {
    write(LogLevel::kDebug, room, message);
  }
  void info(std::string_view room, std::string_view message) {
    write(LogLevel::kInfo, room, message);
  }
  void warning(std::string_view room, std::string_view message) {
    write(LogLevel::kWarning, room, message);
  }
  void error(std::string_view room, std::string_view message) {
    write(LogLevel::kError, room, message);
  }

  /// Writes at most one line each 10 s for each `key`; the next line tells how many were held back.
  void sampled(LogLevel level, std::string_view room, std::string_view key,
               std::string_view message);

  /// Lines written so far at a level, held-back ones not counted.
  std::uint64_t written(LogLevel level) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gradus
