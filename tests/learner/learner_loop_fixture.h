#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "learner/checkpoint.h"
#include "learner/learner_loop.h"
#include "tests/learner/example_streams.h"
#include "tests/learner/linear_batches.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// One attempt of a run: a linear learner in a loop, with a queue that the test fills and a clock
/// that the test moves.
class LoopBench {
 public:
  explicit LoopBench(CheckpointStore* store = nullptr, LearnerLoopOptions options = defaults(),
                     const std::optional<Checkpoint>& resumed = std::nullopt,
                     const LearnerSetup& setup = {})
      : learner(linear({{"classes", "2"}, {"bits", "12"}}, setup)),
        log(LogFormat::kText, LogLevel::kInfo, clock, lines) {
    if (resumed) {
      ByteReader in(resumed->state);
      EXPECT_TRUE(learner->load(in).has_value());
    }
    loop = std::make_unique<LearnerLoop>(std::move(options), *learner, store, resumed, queue,
                                         snapshots, committed, stats, clock, log);
  }

  static LearnerLoopOptions defaults() {
    LearnerLoopOptions options;
    options.run = "test";
    options.learner = "linear";
    options.config_hash = 7;
    options.tasks = 2;
    options.first_probe = options.min_spacing = 64;
    return options;
  }

  void push(std::size_t begin, std::size_t end) {
    EXPECT_TRUE(queue.push(easy_examples(InputKind::kSparse, begin, end), {}));
  }
  /// One step that finds a batch at once or goes on.
  bool step() {
    const auto stepped = loop->step({}, Duration{0});
    EXPECT_TRUE(stepped.has_value());
    return stepped.value_or(false);
  }
  std::string state() const {
    ByteWriter out;
    learner->save(out);
    return out.take();
  }

  ManualClock clock{Timestamp(std::chrono::seconds(1700000000))};
  std::unique_ptr<Learner> learner;
  BoundedQueue<ExampleBatch> queue{1000};
  Latest<Snapshot> snapshots;
  Latest<StreamPosition> committed;
  Latest<LearnerStats> stats;
  std::string lines;
  Log log;
  std::unique_ptr<LearnerLoop> loop;
};

}  // namespace gradus::test
