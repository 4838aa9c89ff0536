#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

#include "run/assembly.h"
#include "run/run_log.h"
#include "terminal/display.h"

namespace gradus {

/// How a run is shown while it lasts.
enum class Shown : std::uint8_t { kNotAtAll, kLines, kProgressLine, kFullScreen };
/// The full screen on a terminal that can be drawn on, else lines.
Shown shown_on(std::FILE* out);

/// How one process life is shown and ended.
struct ExecuteOptions {
  Shown shown = Shown::kNotAtAll;
  std::FILE* screen = stdout;     ///< what the display writes to
  std::vector<StepNote> notes{};  ///< for the log, in order of their steps
  double max_seconds = 0;         ///< seconds of learning, from the first example on; 0: no limit
  std::filesystem::path summary;  ///< where to write the JSON summary; empty: nowhere
  /// Feeds the stream from outside, on a thread of its own; may be empty.
  std::function<Result<void>(const std::stop_token&)> feeder;
};

/// What a finished run says of itself.
struct Outcome {
  std::string json;
  std::string text;   ///< for people; without the ladder where it stands on the screen already
  Result<void> kept;  ///< the first of the last files that could not be written
};

/// Serves and runs the parts until the stream ends, a limit is reached, a loop fails or SIGINT or
/// SIGTERM arrives; prints "listening on URL" once. A second signal ends the process at once.
/// Threads: the caller's becomes the main thread of design section 4. Errors: the first failure of
/// a loop, with the summary already written where it can be.
Result<Outcome> execute(RunParts& parts, const ExecuteOptions& options, Clock& clock, Log& log);

}  // namespace gradus
