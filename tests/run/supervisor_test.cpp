#include "run/supervisor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/run/scripted_run.h"

namespace gradus {
namespace {

using test::QuestionSource;
using test::ScriptedRun;

constexpr std::int64_t kEndless = std::int64_t{1} << 62;

/// Polls as the main thread does until all loops have ended; false where that takes a minute.
bool ends(Supervisor& supervisor) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!supervisor.poll()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

/// Waits until the learner has learned something.
void wait_for_learning(const ScriptedRun& run) {
  while (run.learned() == 0) std::this_thread::yield();
}

TEST(Supervisor, EndsWithTheStreamOnceTheLastSnapshotIsScored) {
  ScriptedRun run(100'000, QuestionSource::Then::kEnds);
  Supervisor supervisor(run.parts);
  supervisor.start();
  ASSERT_TRUE(ends(supervisor));
  EXPECT_FALSE(supervisor.failure().has_value());
  EXPECT_TRUE(run.parts.slots.ingest.get()->ended);
  EXPECT_TRUE(run.parts.slots.learner.get()->finished);
  EXPECT_EQ(run.learned(), 100'000U);
  EXPECT_EQ(run.probed(), 100'000U);
  EXPECT_EQ(run.kept(), 100'000U);
}

TEST(Supervisor, LearnsProbesAndKeepsWhatWasQueuedBeforeAStop) {
  ScriptedRun run(kEndless, QuestionSource::Then::kWaits);
  Supervisor supervisor(run.parts);
  supervisor.start();
  wait_for_learning(run);
  supervisor.request_stop();
  ASSERT_TRUE(ends(supervisor));
  EXPECT_FALSE(supervisor.failure().has_value());
  EXPECT_TRUE(run.parts.queue.drained());
  EXPECT_EQ(run.probed(), run.learned());
  EXPECT_EQ(run.kept(), run.learned());
  // A batch that found the queue full when the stop came is not learned: it is read again.
  EXPECT_EQ(run.next_read(), run.learned());
  EXPECT_LE(run.parts.slots.ingest.get()->examples - run.learned(), IngestOptions{}.max_batch);
}

TEST(Supervisor, StopsWhileTheStreamIsSilent) {
  ScriptedRun run(0, QuestionSource::Then::kWaits);
  Supervisor supervisor(run.parts);
  supervisor.start();
  supervisor.request_stop();
  ASSERT_TRUE(ends(supervisor));
  EXPECT_FALSE(supervisor.failure().has_value());
  EXPECT_EQ(run.learned(), 0U);
}

TEST(Supervisor, LearnsAndKeepsWhatCameBeforeTheStreamFailed) {
  ScriptedRun run(5'000, QuestionSource::Then::kFails);
  Supervisor supervisor(run.parts);
  supervisor.start();
  ASSERT_TRUE(ends(supervisor));
  ASSERT_TRUE(supervisor.failure().has_value());
  EXPECT_EQ(supervisor.failure()->message, "the stream broke");
  EXPECT_EQ(run.learned(), 5'000U);
  EXPECT_EQ(run.probed(), 5'000U);
  EXPECT_EQ(run.kept(), 5'000U);
}

TEST(Supervisor, EndsAllWhereTheLearnerFails) {
  ScriptedRun run(1'000, QuestionSource::Then::kEnds);
  run.spoil_checkpoints();
  Supervisor supervisor(run.parts);
  supervisor.start();
  ASSERT_TRUE(ends(supervisor));
  ASSERT_TRUE(supervisor.failure().has_value());
  EXPECT_EQ(supervisor.failure()->code, ErrorCode::kIo);
}

TEST(Supervisor, KeepsTheFirstReason) {
  ScriptedRun run(1'000, QuestionSource::Then::kFails);
  run.spoil_checkpoints();
  Supervisor supervisor(run.parts);
  supervisor.start();
  ASSERT_TRUE(ends(supervisor));
  ASSERT_TRUE(supervisor.failure().has_value());
  EXPECT_EQ(supervisor.failure()->message, "the stream broke");
}

TEST(Supervisor, EndsAllOnceTheLearnerHasEnough) {
  ScriptedRun run(kEndless, QuestionSource::Then::kWaits, 10'000);
  Supervisor supervisor(run.parts);
  supervisor.start();
  ASSERT_TRUE(ends(supervisor));
  EXPECT_FALSE(supervisor.failure().has_value());
  EXPECT_GE(run.learned(), 10'000U);
  EXPECT_LT(run.learned(), 10'000U + IngestOptions{}.max_batch);
  EXPECT_EQ(run.probed(), run.learned());
}

TEST(Supervisor, EndsAllWhereTheFeederFails) {
  ScriptedRun run(kEndless, QuestionSource::Then::kWaits);
  Supervisor supervisor(run.parts);
  supervisor.start();
  supervisor.start_feeder([](const std::stop_token&) -> Result<void> {
    return fail(ErrorCode::kUnavailable, "no broker answers");
  });
  ASSERT_TRUE(ends(supervisor));
  ASSERT_TRUE(supervisor.failure().has_value());
  EXPECT_EQ(supervisor.failure()->message, "no broker answers");
  EXPECT_EQ(run.kept(), run.learned());
}

TEST(Supervisor, StopsTheFeederWithTheStream) {
  ScriptedRun run(kEndless, QuestionSource::Then::kWaits);
  Supervisor supervisor(run.parts);
  supervisor.start();
  supervisor.start_feeder([](const std::stop_token& stop) -> Result<void> {
    while (!stop.stop_requested()) std::this_thread::yield();
    return {};
  });
  supervisor.request_stop();
  ASSERT_TRUE(ends(supervisor));
  EXPECT_FALSE(supervisor.failure().has_value());
}

TEST(Supervisor, JoinsEveryLoopWhereItGoesWithoutAStop) {
  ScriptedRun run(kEndless, QuestionSource::Then::kWaits);
  {
    Supervisor supervisor(run.parts);
    supervisor.start();
    wait_for_learning(run);
  }
  EXPECT_TRUE(run.parts.queue.drained());
}

}  // namespace
}  // namespace gradus
