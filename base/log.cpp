#include "base/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

#include "base/text.h"
#include "base/userinfo.h"

namespace gradus {
namespace {

constexpr Duration kSampleEvery = std::chrono::seconds(10);

constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v";
constexpr const char* kJsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})";

/// Appends to a string; State's mutex serialises, so it needs none.
class StringSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit StringSink(std::string& out) : out_(out) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    out_.append(line.data(), line.size());
  }
  void flush_() override {}

 private:
  std::string& out_;
};

spdlog::level::level_enum spdlog_level(LogLevel level) {
  constexpr std::array kLevels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                  spdlog::level::err};
  return kLevels[static_cast<std::size_t>(level)];
}

}  // namespace

struct Log::State {
  /// What `sampled` remembers of one key.
  struct Sample {
    LogLevel level;
    std::string room;
    Duration written_at;
    std::uint64_t held_back = 0;
  };

  State(LogFormat log_format, LogLevel lowest_level, const Clock& log_clock, spdlog::sink_ptr sink)
      : format(log_format),
        lowest(lowest_level),
        clock(log_clock),
        logger("gradus", std::move(sink)) {
    logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        format == LogFormat::kJson ? kJsonPattern : kTextPattern, spdlog::pattern_time_type::utc,
        "\n"));
    logger.set_level(spdlog_level(lowest));
    logger.flush_on(spdlog::level::trace);
  }

  /// Writes one line; the caller holds the mutex.
  void write(LogLevel level, std::string_view room, std::string_view message) {
    if (level < lowest) return;
    const std::string safe = without_userinfo(message);
    const std::string body =
        format == LogFormat::kJson
            ? R"("room":")" + json_escaped(room) + R"(","message":")" + json_escaped(safe) + '"'
            : std::string(room) + ": " + one_line(safe);
    const auto time = std::chrono::time_point_cast<spdlog::log_clock::duration>(clock.now());
    logger.log(time, spdlog::source_loc{}, spdlog_level(level), spdlog::string_view_t(body));
    ++written[static_cast<std::size_t>(level)];
  }

  /// Line breaks written as \n and \r, other controls as '?': data from outside must neither look
  /// like a line of ours nor reach the terminal.
  static std::string one_line(std::string_view message) {
    std::string line;
    line.reserve(message.size());
    for (const char byte : message) {
      if (byte == '\n') {
        line += "\\n";
      } else if (byte == '\r') {
        line += "\\r";
      } else {
        line += byte;
      }
    }
    return printable(line);
  }

  const LogFormat format;
  const LogLevel lowest;
  const Clock& clock;
  std::mutex mutex;
  spdlog::logger logger;                               // guarded by mutex
  std::map<std::string, Sample, std::less<>> samples;  // guarded by mutex
  std::array<std::uint64_t, 4> written{};              // guarded by mutex
};

Log::Log(LogFormat format, LogLevel lowest, const Clock& clock)
    : state_(std::make_unique<State>(format, lowest, clock,
                                     std::make_shared<spdlog::sinks::stderr_sink_st>())) {}

Log::Log(LogFormat format, LogLevel lowest, const Clock& clock, std::string& sink)
    : state_(std::make_unique<State>(format, lowest, clock, std::make_shared<StringSink>(sink))) {}

Log::~Log() {
  const std::lock_guard lock(state_->mutex);
  for (const auto& [key, sample] : state_->samples) {
    if (sample.held_back == 0) continue;
    state_->write(sample.level, sample.room,
                  key + ": " + std::to_string(sample.held_back) + " more lines were held back");
  }
}

void Log::write(LogLevel level, std::string_view room, std::string_view message) {
  const std::lock_guard lock(state_->mutex);
  state_->write(level, room, message);
}

void Log::sampled(LogLevel level, std::string_view room, std::string_view key,
                  std::string_view message) {
  const std::lock_guard lock(state_->mutex);
  if (level < state_->lowest) return;
  const Duration now = state_->clock.elapsed();
  const auto known = state_->samples.find(key);
  if (known == state_->samples.end()) {
    state_->samples.emplace(key, State::Sample{level, std::string(room), now});
    state_->write(level, room, message);
    return;
  }
  State::Sample& sample = known->second;
  if (now - sample.written_at < kSampleEvery) {
    ++sample.held_back;
    return;
  }
  std::string line(message);
  if (sample.held_back > 0) line += " (" + std::to_string(sample.held_back) + " more held back)";
  sample = {level, std::string(room), now};
  state_->write(level, room, line);
}

std::uint64_t Log::written(LogLevel level) const {
  const std::lock_guard lock(state_->mutex);
  return state_->written[static_cast<std::size_t>(level)];
}

}  // namespace gradus
