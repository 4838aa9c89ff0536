#include "learner/learner_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/hash.h"
#include "tests/learner/learner_loop_fixture.h"

namespace gradus {
namespace {

using std::chrono::seconds;
using test::LoopBench;

TEST(ProbeGrid, StartsAtTheFirstStepAndKeepsItsDistance) {
  EXPECT_EQ(next_probe_step(0, 40, 64, 64), 64U);
  EXPECT_EQ(next_probe_step(63, 40, 64, 64), 64U);
  EXPECT_EQ(next_probe_step(64, 40, 64, 64), 128U);
}

TEST(ProbeGrid, HasSoManyPointsPerDoubling) {
  // Beyond min_spacing / (2^(1/40) - 1) = 3,661 steps the grid is geometric; rounding down to whole
  // steps may add a point or so.
  int points = 0;
  for (Step step = 1 << 20; step < 1 << 21; step = next_probe_step(step, 40, 64, 64)) ++points;
  EXPECT_NEAR(points, 40, 1);
}

TEST(LearnerLoop, LearnsWhatIsQueuedInOrder) {
  LoopBench bench;
  bench.push(0, 30);
  bench.push(30, 50);
  while (bench.queue.size() > 0) EXPECT_TRUE(bench.step());
  const auto alone = test::linear({{"classes", "2"}, {"bits", "12"}});
  const LearnSums sums = alone->learn(test::easy_examples(InputKind::kSparse, 0, 50));
  ByteWriter out;
  alone->save(out);
  EXPECT_EQ(bench.state(), out.bytes());
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.stats.get()->step, 50U);
  EXPECT_EQ(bench.stats.get()->sums.correct, sums.correct);
  EXPECT_EQ(bench.stats.get()->attempt_sums.examples, 50U);
}

TEST(LearnerLoop, CountsStepsOfEachTask) {
  LoopBench bench;
  ExampleBatch batch = test::easy_examples(InputKind::kSparse, 0, 9);
  batch.task[8] = kNoTask;
  ASSERT_TRUE(bench.queue.push(std::move(batch), {}));
  bench.step();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.stats.get()->own_steps, (std::vector<Step>{4, 4}));
}

TEST(LearnerLoop, TakesSnapshotsOnTheGrid) {
  LoopBench bench;
  std::vector<Step> steps;
  std::uint64_t seen = 0;
  for (std::size_t at = 0; at < 400; at += 10) {
    bench.push(at, at + 10);
    bench.step();
    if (bench.snapshots.wait_newer(seen, {}, seconds(0)))
      steps.push_back(bench.snapshots.get()->step);
  }
  // The first batch border at or after 64, 128, 192, 256, 320, 384.
  EXPECT_EQ(steps, (std::vector<Step>{70, 130, 200, 260, 320, 390}));
}

TEST(LearnerLoop, SnapshotsTheModelWithItsPosition) {
  LoopBench bench;
  bench.push(0, 64);
  bench.step();
  const auto snapshot = bench.snapshots.get();
  ASSERT_NE(snapshot, nullptr);
  EXPECT_EQ(snapshot->own_steps, (std::vector<Step>{32, 32}));
  EXPECT_EQ(snapshot->position.find(0)->next, 64);
  EXPECT_FALSE(snapshot->last);
  const ExampleBatch items = test::easy_examples(InputKind::kSparse, 0, 20, 2);
  ItemScores frozen, live;
  snapshot->predictor->score(items, frozen);
  bench.learner->freeze()->score(items, live);
  EXPECT_EQ(frozen.q, live.q);
}

TEST(LearnerLoop, SnapshotsWhatTheStreamBroughtSinceTheProcessBegan) {
  test::LoopBench bench;
  ExampleBatch first = test::easy_examples(InputKind::kSparse, 0, 64);
  first.events.of(Reject::kMalformed) = 2;
  first.events.gaps = 1;
  first.events.duplicates = 3;
  ASSERT_TRUE(bench.queue.push(std::move(first), {}));
  bench.step();
  EXPECT_EQ(bench.snapshots.get()->totals.silent_seconds, 0);

  bench.clock.advance(std::chrono::seconds(4));  // no silence yet
  ExampleBatch second = test::easy_examples(InputKind::kSparse, 64, 100);
  second.events.of(Reject::kMalformed) = 5;
  ASSERT_TRUE(bench.queue.push(std::move(second), {}));
  bench.step();
  bench.clock.advance(std::chrono::seconds(7));
  bench.push(100, 164);
  bench.step();

  const RunningTotals totals = bench.snapshots.get()->totals;
  EXPECT_EQ(totals.sums.examples, 164u);
  EXPECT_GT(totals.sums.log_loss.value(), 0);
  EXPECT_EQ(totals.events.of(Reject::kMalformed), 7u);
  EXPECT_EQ(totals.events.gaps, 1u);
  EXPECT_EQ(totals.events.duplicates, 3u);
  EXPECT_EQ(totals.silent_seconds, 7);
}

TEST(LearnerLoop, MovesThePositionOnlyWithABatchWithoutExamples) {
  LoopBench bench;
  bench.push(0, 64);
  bench.step();
  const std::string before = bench.state();
  bench.push(80, 80);  // sixteen records rejected
  bench.step();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.state(), before);
  EXPECT_EQ(bench.stats.get()->step, 64U);
  EXPECT_EQ(bench.stats.get()->position.find(0)->next, 80);
}

TEST(LearnerLoop, EndsOnceTheClosedQueueIsDrained) {
  LoopBench bench;
  bench.push(0, 10);
  bench.push(10, 20);
  bench.queue.close();
  EXPECT_TRUE(bench.step());
  EXPECT_FALSE(bench.step());
}

TEST(LearnerLoop, DrainsTheQueueAfterAStop) {
  LoopBench bench;
  bench.push(0, 10);
  bench.push(10, 20);
  bench.queue.close();
  std::stop_source stop;
  stop.request_stop();
  ASSERT_TRUE(bench.loop->run(stop.get_token()).has_value());
  EXPECT_EQ(bench.stats.get()->step, 20U);
  EXPECT_TRUE(bench.stats.get()->finished);
}

TEST(LearnerLoop, StopsAtTheBatchThatReachesItsNumberOfExamples) {
  LearnerLoopOptions options = LoopBench::defaults();
  options.max_examples = 25;
  LoopBench bench(nullptr, options);
  for (std::size_t at = 0; at < 60; at += 10) bench.push(at, at + 10);
  EXPECT_TRUE(bench.step());
  EXPECT_TRUE(bench.step());
  EXPECT_FALSE(bench.step());
  EXPECT_FALSE(bench.step());
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.stats.get()->step, 30U);
  EXPECT_EQ(bench.stats.get()->position.find(0)->next, 30);
}

TEST(LearnerLoop, MarksTheLastSnapshotOnce) {
  LoopBench bench;
  bench.push(0, 10);
  bench.step();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_TRUE(bench.snapshots.get()->last);
  EXPECT_EQ(bench.snapshots.get()->step, 10U);
  const std::uint64_t version = bench.snapshots.version();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.snapshots.version(), version);
}

TEST(LearnerLoop, PublishesWhatItKnowsAtMostTenTimesASecond) {
  LoopBench bench;
  const std::uint64_t before = bench.stats.version();
  for (std::size_t at = 0; at < 200; at += 10) {
    bench.push(at, at + 10);
    bench.step();
    bench.clock.advance(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(bench.stats.version() - before, 1U);
  bench.clock.advance(seconds(1));
  bench.step();
  EXPECT_EQ(bench.stats.get()->heartbeat, bench.clock.now());
  EXPECT_EQ(bench.stats.get()->step, 200U);
}

TEST(LearnerLoop, TellsHowOldTheNewestExampleWas) {
  LoopBench bench;
  ExampleBatch batch = test::easy_examples(InputKind::kSparse, 0, 10);
  batch.event_time_ms.back() = (1700000000 - 90) * std::int64_t{1000};
  ASSERT_TRUE(bench.queue.push(std::move(batch), {}));
  bench.step();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_DOUBLE_EQ(bench.stats.get()->event_delay_seconds.sum(), 90);
  EXPECT_EQ(bench.stats.get()->last_event, Timestamp(seconds(1700000000 - 90)));
}

TEST(LearnerLoop, TakesAnExampleFromAheadOfTheClockForNew) {
  LoopBench bench;
  ExampleBatch batch = test::easy_examples(InputKind::kSparse, 0, 10);
  batch.event_time_ms.back() = (1700000000 + 5) * std::int64_t{1000};
  ASSERT_TRUE(bench.queue.push(std::move(batch), {}));
  bench.step();
  ASSERT_TRUE(bench.loop->finish().has_value());
  EXPECT_EQ(bench.stats.get()->event_delay_seconds.sum(), 0);
}

TEST(LearnerLoop, WritesACheckpointEachInterval) {
  test::TempDir directory;
  CheckpointStore store(directory.path());
  LoopBench bench(&store);
  bench.push(0, 10);
  bench.step();
  EXPECT_FALSE(std::filesystem::exists(store.file()));
  bench.clock.advance(seconds(61));
  bench.push(10, 20);
  bench.step();
  const auto loaded = store.load("test", "linear", 7);
  ASSERT_TRUE(loaded.has_value() && loaded->has_value());
  EXPECT_EQ((*loaded)->step, 20U);
  EXPECT_EQ((*loaded)->state, bench.state());
  EXPECT_EQ((*loaded)->own_steps, (std::vector<Step>{10, 10}));
  EXPECT_EQ(bench.committed.get()->find(0)->next, 20);
}

TEST(LearnerLoop, WritesACheckpointThoughTheStreamHasFallenSilent) {
  test::TempDir directory;
  CheckpointStore store(directory.path());
  LoopBench bench(&store);
  bench.push(0, 10);
  bench.step();
  bench.clock.advance(seconds(61));
  bench.step();
  const auto loaded = store.load("test", "linear", 7);
  ASSERT_TRUE(loaded.has_value() && loaded->has_value());
  EXPECT_EQ((*loaded)->step, 10U);
  EXPECT_EQ((*loaded)->state, bench.state());
}

TEST(LearnerLoop, WritesNoCheckpointTwice) {
  test::TempDir directory;
  CheckpointStore store(directory.path());
  LoopBench bench(&store);
  bench.push(0, 10);
  for (int i = 0; i < 5; ++i) {
    bench.step();
    bench.clock.advance(seconds(61));
  }
  bench.step();
  EXPECT_EQ(bench.stats.get()->checkpoints_ok, 1U);
}

/// Learns the examples from `begin` to `end` in batches of `size`; before every fiftieth a record
/// was rejected or skipped.
void learn_in_batches(LoopBench& bench, std::size_t begin, std::size_t end, std::size_t size) {
  for (std::size_t at = begin; at < end; at += size) {
    ExampleBatch batch = test::easy_examples(InputKind::kSparse, at, std::min(end, at + size));
    for (std::size_t i = at; i < std::min(end, at + size); ++i)
      if (i % 50 == 0) ++batch.events.of(i % 100 == 0 ? Reject::kMalformed : Reject::kTombstone);
    ASSERT_TRUE(bench.queue.push(std::move(batch), {}));
    bench.step();
  }
}

// The sums of losses and the events count as well, and batches end elsewhere in each attempt.
TEST(LearnerLoop, GoesOnFromACheckpointToTheSameFile) {
  test::TempDir whole, parts;
  CheckpointStore whole_store(whole.path()), store(parts.path());
  LoopBench unbroken(&whole_store);
  learn_in_batches(unbroken, 0, 300, 60);
  LoopBench first(&store);
  learn_in_batches(first, 0, 170, 7);
  ASSERT_TRUE(first.loop->finish().has_value());

  const auto loaded = store.load("test", "linear", 7);
  ASSERT_TRUE(loaded.has_value() && loaded->has_value());
  EXPECT_EQ((*loaded)->events.of(Reject::kMalformed), 2U);
  LoopBench second(&store, LoopBench::defaults(), *loaded);
  EXPECT_EQ(second.committed.get()->find(0)->next, 170);
  EXPECT_EQ(second.stats.get()->step, 170U);
  learn_in_batches(second, 170, 300, 13);
  ASSERT_TRUE(unbroken.loop->finish().has_value());
  ASSERT_TRUE(second.loop->finish().has_value());
  EXPECT_EQ(second.state(), unbroken.state());
  EXPECT_EQ(second.stats.get()->attempt_sums.examples, 130U);
  EXPECT_TRUE(test::read_file(store.file()) == test::read_file(whole_store.file()));
}

TEST(LearnerLoop, GoesOnWhereAPeriodicCheckpointFails) {
  test::TempDir directory;
  CheckpointStore store(directory / "missing");
  LoopBench bench(&store);
  bench.clock.advance(seconds(61));
  bench.push(0, 10);
  EXPECT_TRUE(bench.step());
  bench.clock.advance(seconds(1));
  bench.push(10, 20);
  EXPECT_TRUE(bench.step());
  EXPECT_EQ(bench.stats.get()->checkpoints_failed, 1U);
  EXPECT_EQ(bench.stats.get()->step, 20U);
  EXPECT_EQ(bench.committed.get(), nullptr);
  EXPECT_THAT(bench.lines, testing::HasSubstr("missing"));
}

TEST(LearnerLoop, FailsAtTheEndWhereTheLastCheckpointCannotBeWritten) {
  test::TempDir directory;
  CheckpointStore store(directory / "missing");
  LoopBench bench(&store);
  bench.push(0, 10);
  bench.queue.close();
  const auto done = bench.loop->run({});
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::kIo);
  EXPECT_TRUE(bench.stats.get()->finished);
  EXPECT_TRUE(bench.snapshots.get()->last);
}

TEST(LearnerLoop, SaysThatALearnerHasDiverged) {
  // After the first window the rate is ten thousand times too high and labels follow from nothing:
  // the model is sure of the newest one each time, and loses more than a constant answer's ln 2.
  LoopBench bench(nullptr, LoopBench::defaults(), std::nullopt,
                  {.seed = 1, .rate_change_from = 4096, .rate_change_factor = 1e4});
  const auto seen_as_diverged = [&] {
    bench.clock.advance(seconds(1));
    bench.step();
    return bench.stats.get()->diverged;
  };
  bench.push(0, 4096);
  bench.step();
  EXPECT_FALSE(seen_as_diverged());
  ExampleBatch noise = test::easy_examples(InputKind::kSparse, 0, 4096, 2);
  for (std::size_t i = 0; i < noise.size(); ++i)
    noise.label[i] = static_cast<float>(murmur3_32(std::to_string(i), 0) % 2);
  ASSERT_TRUE(bench.queue.push(std::move(noise), {}));
  bench.step();
  EXPECT_TRUE(seen_as_diverged());
}

}  // namespace
}  // namespace gradus
