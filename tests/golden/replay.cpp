#include "tests/golden/replay.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

#include "describe/progress_json.h"
#include "ladders/ladder_file.h"
#include "run/assembly.h"
#include "run/fault.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

template <typename T>
T require(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

RunRequest request_of(const std::filesystem::path& data, Step examples, const std::string& fault) {
  RunRequest request;
  request.config =
      require(parse_config("run: demo-arithmetic\n"
                           "stream: {source: generate, generate: {pace: none}}\n"
                           "learner: {kind: transformer}\n"
                           "ladder: arithmetic\n",
                           "replay", ".", {"data=" + data.string()}));
  request.max_examples = examples;
  if (!fault.empty())
    apply_fault(require(parse_fault(fault)), require(load_ladder("arithmetic")),
                request.config.source_options, request);
  return request;
}

/// What the threads of a run do, in turn.
void step_to_the_end(RunParts& parts) {
  const std::stop_token never;
  for (bool more = true; more;) {
    if (!require(parts.ingest_loop->step(never))) parts.queue.close();
    more = require(parts.learner_loop->step(never, Duration::zero()));
    parts.probe_loop->step(never, Duration::zero());
  }
  require(parts.learner_loop->finish());
  EXPECT_FALSE(parts.probe_loop->step(never, Duration::zero()));  // that was the last snapshot
}

}  // namespace

Replay replay_in(const std::filesystem::path& data, Step examples, const std::string& fault) {
  ManualClock clock(Timestamp(std::chrono::hours(1)));
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  const auto parts = require(assemble(request_of(data, examples, fault), clock, log));
  step_to_the_end(*parts);
  const RunView view{
      parts->facts, &*parts->ladder, parts->slots, parts->history_reader.get(), clock, log};
  return {progress_json(view), require(parts->history->scores()),
          require(parts->history->changes())};
}

Replay replay(Step examples, const std::string& fault) {
  const TempDir folder;
  return replay_in(folder.path(), examples, fault);
}

}  // namespace gradus::test
