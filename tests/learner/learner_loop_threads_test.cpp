// The loop on a thread of its own, as in a run: to be run under ThreadSanitizer.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/clock.h"
#include "tests/learner/learner_loop_fixture.h"

namespace gradus {
namespace {

/// As LoopBench, on the machine's clock and with a short queue.
struct ThreadedRun {
  explicit ThreadedRun(CheckpointStore* store)
      : learner(test::linear({{"classes", "2"}, {"bits", "12"}})),
        log(LogFormat::kText, LogLevel::kInfo, clock, lines) {
    LearnerLoopOptions options = test::LoopBench::defaults();
    options.checkpoint_every = std::chrono::milliseconds(1);
    loop = std::make_unique<LearnerLoop>(std::move(options), *learner, store, std::nullopt, queue,
                                         snapshots, committed, stats, clock, log);
  }

  SystemClock clock;
  std::unique_ptr<Learner> learner;
  BoundedQueue<ExampleBatch> queue{2};
  Latest<Snapshot> snapshots;
  Latest<StreamPosition> committed;
  Latest<LearnerStats> stats;
  std::string lines;
  Log log;
  std::unique_ptr<LearnerLoop> loop;
};

TEST(LearnerLoopThreads, LearnsEverythingWhileOthersReadWhatItPublishes) {
  constexpr std::size_t kExamples = 20000;
  test::TempDir directory;
  CheckpointStore store(directory.path());
  ThreadedRun run(&store);
  std::atomic<bool> done = false;
  Result<void> result;

  std::jthread learner([&](const std::stop_token& stop) {
    result = run.loop->run(stop);
    done = true;
  });
  std::jthread prober([&] {
    std::uint64_t seen = 0;
    Step newest = 0;
    const ExampleBatch items = test::easy_examples(InputKind::kSparse, 0, 20, 2);
    ItemScores scores;
    for (bool last = false; !last;) {
      if (!run.snapshots.wait_newer(seen, {}, std::chrono::milliseconds(10))) continue;
      const auto snapshot = run.snapshots.get();
      EXPECT_GE(snapshot->step, newest);
      newest = snapshot->step;
      last = snapshot->last;
      snapshot->predictor->score(items, scores);
    }
    EXPECT_EQ(newest, kExamples);
  });
  std::jthread page([&] {
    while (!done) {
      const auto stats = run.stats.get();
      EXPECT_LE(stats->step, kExamples);
      EXPECT_EQ(stats->step, stats->sums.examples);
      const auto committed = run.committed.get();
      const std::int64_t next = committed ? committed->find(0)->next : 0;
      EXPECT_LE(next, static_cast<std::int64_t>(kExamples));
    }
  });
  for (std::size_t at = 0; at < kExamples; at += 100)
    ASSERT_TRUE(run.queue.push(test::easy_examples(InputKind::kSparse, at, at + 100), {}));
  run.queue.close();
  learner.join();
  prober.join();
  page.join();

  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(run.stats.get()->step, kExamples);
  EXPECT_TRUE(run.stats.get()->finished);
  const auto loaded = store.load("test", "linear", 7);
  ASSERT_TRUE(loaded.has_value() && loaded->has_value());
  EXPECT_EQ((*loaded)->position.find(0)->next, static_cast<std::int64_t>(kExamples));
}

TEST(LearnerLoopThreads, EndsInOrderAfterAStop) {
  ThreadedRun run(nullptr);
  Result<void> result;
  std::jthread learner([&](const std::stop_token& stop) { result = run.loop->run(stop); });
  std::size_t pushed = 0;
  std::jthread ingest([&](const std::stop_token& stop) {
    while (run.queue.push(test::easy_examples(InputKind::kSparse, pushed, pushed + 10), stop))
      pushed += 10;
    run.queue.close();
  });
  std::uint64_t seen = 0;
  while (!run.snapshots.wait_newer(seen, {}, std::chrono::milliseconds(100))) continue;
  learner.request_stop();
  ingest.request_stop();
  ingest.join();
  learner.join();
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(run.stats.get()->step, pushed);
  EXPECT_TRUE(run.snapshots.get()->last);
}

}  // namespace
}  // namespace gradus
