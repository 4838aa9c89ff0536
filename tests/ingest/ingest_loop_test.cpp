#include "ingest/ingest_loop.h"

#include <thread>

#include "tests/ingest/loop_fixture.h"

namespace gradus {
namespace {

using test::good;
using test::LoopFixture;
using test::numbered;
using test::sizes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kBad = "{broken";

std::vector<test::OwnedRecord> good_records(int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) texts.push_back(good(i));
  return numbered(texts);
}

TEST(IngestLoop, HandsOnWhatEachPollGave) {
  LoopFixture ingest(good_records(6), {}, {1, 2, 3});
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(sizes(ingest.batches()), ElementsAre(1, 2, 3));
}

TEST(IngestLoop, HandsOnNoMoreThanTheLargestBatch) {
  LoopFixture ingest(good_records(5), {.max_batch = 2});
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(sizes(ingest.batches()), ElementsAre(2, 2, 1));
}

TEST(IngestLoop, FillsAMinibatchOverSeveralPolls) {
  LoopFixture ingest(good_records(8), {.minibatch = 3}, {1, 1, 5});
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(sizes(ingest.batches()), ElementsAre(3, 3, 2));
}

TEST(IngestLoop, HandsOnAtMostOneBatchAStep) {
  LoopFixture ingest(good_records(9), {.minibatch = 3});
  ASSERT_EQ(ingest.loop->step({}), true);
  EXPECT_EQ(ingest.queue.size(), 1u);
}

TEST(IngestLoop, PutsThePositionAfterTheLastRecordIntoEachBatch) {
  auto records = good_records(4);
  records[2].timestamp_ms = 77;
  LoopFixture ingest(std::move(records), {.minibatch = 3});
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  ASSERT_EQ(batches.size(), 2u);
  EXPECT_EQ(batches[0].next.stream, "memory");
  EXPECT_EQ(
      *batches[0].next.find(0),
      (PartitionPosition{
          .partition = 0, .next = 3, .last_timestamp_ms = 77, .last = {.at = 3, .digest = 1}}));
  EXPECT_EQ(batches[1].next.find(0)->next, 4);
}

// What retention takes of a partition before its first record was read must be missed on resume.
TEST(IngestLoop, NamesPartitionsInThePositionThatGaveNoRecordYet) {
  LoopFixture ingest(good_records(2));
  ingest.source.begun = {{.partition = 0, .next = 0}, {.partition = 1, .next = 70}};
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].next.find(0)->next, 2);
  ASSERT_NE(batches[0].next.find(1), nullptr);
  EXPECT_EQ(batches[0].next.find(1)->next, 70);
}

TEST(IngestLoop, KeepsThePositionItGoesOnFromWhereASourceNamesItsStarts) {
  LoopFixture ingest(good_records(4), {}, {1000},
                     {.stream = "memory", .partitions = {{.partition = 0, .next = 3}}});
  ingest.source.begun = {{.partition = 0, .next = 0}};
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.batches().at(0).next.find(0)->next, 4);
  EXPECT_EQ(ingest.stats.get()->gaps, 0u);
}

TEST(IngestLoop, CountsMessagesBytesAndExamples) {
  LoopFixture ingest(numbered({good(1), good(22)}));
  ASSERT_TRUE(ingest.run());
  const auto stats = ingest.stats.get();
  EXPECT_EQ(stats->topic, "examples");
  EXPECT_EQ(stats->messages, 2u);
  EXPECT_EQ(stats->bytes, good(1).size() + good(22).size());
  EXPECT_EQ(stats->examples, 2u);
  EXPECT_TRUE(stats->ended);
}

TEST(IngestLoop, TellsWithEachBatchWhatWasLeftOutOnTheWayToIt) {
  auto records = numbered({good(0), "{", good(1), good(2), good(3)});
  records[3].offset = 2;  // again
  records[4].offset = 6;  // two are gone
  LoopFixture ingest(std::move(records), {.on_error = OnError::kSkip, .minibatch = 1});
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  ASSERT_EQ(sizes(batches), (std::vector<std::size_t>{1, 1, 1}));
  EXPECT_EQ(batches[0].events.undecodable(), 0u);
  EXPECT_EQ(batches[1].events.of(Reject::kMalformed), 1u);
  EXPECT_EQ(batches[1].events.duplicates, 0u);
  EXPECT_EQ(batches[2].events.undecodable(), 0u);
  EXPECT_EQ(batches[2].events.duplicates, 1u);
  EXPECT_EQ(batches[2].events.gaps, 1u);
}

TEST(IngestLoop, ClosesTheQueueAtTheEnd) {
  LoopFixture ingest(good_records(1));
  ASSERT_TRUE(ingest.run());
  ingest.batches();
  EXPECT_TRUE(ingest.queue.drained());
}

TEST(IngestLoop, DropsRecordsThatWereAppliedBefore) {
  auto records = good_records(5);
  records[2].offset = 0;  // 0 1 0 3 4 after the change; 3 comes as a gap
  LoopFixture ingest(std::move(records));
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  EXPECT_THAT(batches[0].label, ElementsAre(0, 1, 3, 4));
  EXPECT_EQ(ingest.stats.get()->duplicates, 1u);
  EXPECT_EQ(ingest.stats.get()->gaps, 1u);
}

TEST(IngestLoop, DropsWhatLiesBeforeTheStart) {
  StreamPosition start;
  start.at(0).next = 3;
  LoopFixture ingest(good_records(5), {}, {1000}, start);
  ASSERT_TRUE(ingest.source.open({}));  // a source that gives more than it was asked for
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(ingest.batches()[0].label, ElementsAre(3, 4));
  EXPECT_EQ(ingest.stats.get()->duplicates, 3u);
}

TEST(IngestLoop, BeginsANewPartitionWhereverTheLogBegins) {
  auto records = good_records(2);
  records[0].offset = 500;
  records[1].offset = 501;
  LoopFixture ingest(std::move(records), {.gap_policy = GapPolicy::kFail});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->gaps, 0u);
}

TEST(IngestLoop, CountsNoGapOverOffsetsThatHoldNoRecord) {
  auto records = good_records(3);
  records[2].offset = 9;
  records[2].unreadable_before = 7;
  LoopFixture ingest(std::move(records), {.gap_policy = GapPolicy::kFail});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->gaps, 0u);
}

TEST(IngestLoop, CountsAGapWhereOnlySomeOffsetsHoldNoRecord) {
  auto records = good_records(3);
  records[2].offset = 9;
  records[2].unreadable_before = 6;
  LoopFixture ingest(std::move(records));
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->gaps, 1u);
}

TEST(IngestLoop, FailsWhereTheSourceFindsAtItsEndThatTheStreamIsAnother) {
  LoopFixture ingest(good_records(3));
  ingest.source.confirmed = fail(ErrorCode::kPositionGone, "another stream");
  const auto ended = ingest.run();
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::kPositionGone);
}

TEST(IngestLoop, FailsOnAGapWhereGapsAreForbidden) {
  auto records = good_records(3);
  records[2].offset = 9;
  LoopFixture ingest(std::move(records), {.gap_policy = GapPolicy::kFail});
  const auto result = ingest.run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kBadData);
  EXPECT_THAT(result.error().message, HasSubstr("examples/0/9"));
}

TEST(IngestLoop, ChecksTheOffsetsOfEachPartitionOnItsOwn) {
  auto records = good_records(4);
  records[1] = {.bytes = good(1), .offset = 0, .partition = 1};
  records[2] = {.bytes = good(2), .offset = 1, .partition = 1};
  records[3] = {.bytes = good(3), .offset = 1, .partition = 0};
  LoopFixture ingest(std::move(records));
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  EXPECT_EQ(batches[0].size(), 4u);
  EXPECT_EQ(ingest.stats.get()->gaps, 0u);
  EXPECT_EQ(batches[0].next.find(0)->next, 2);
  EXPECT_EQ(batches[0].next.find(1)->next, 2);
}

TEST(IngestLoop, SkipsTombstonesUnderAnyPolicy) {
  auto records = good_records(3);
  records[1].tombstone = true;
  LoopFixture ingest(std::move(records), {.on_error = OnError::kFail});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.rejected(Reject::kTombstone), 1u);
  EXPECT_THAT(ingest.batches()[0].label, ElementsAre(0, 2));
}

TEST(IngestLoop, RefusesRecordsAboveTheLargestSize) {
  auto records = good_records(2);
  records[0].bytes += std::string(100, ' ');
  LoopFixture ingest(std::move(records),
                     {.on_error = OnError::kSkip, .max_record_bytes = good(0).size()});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.rejected(Reject::kTooLarge), 1u);
  EXPECT_EQ(ingest.stats.get()->examples, 1u);
}

TEST(IngestLoop, MovesThePositionOverRejectedRecordsAtTheEndWithAnEmptyBatch) {
  LoopFixture ingest(numbered({good(0), kBad, kBad}), {.on_error = OnError::kSkip}, {1});
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  EXPECT_THAT(sizes(batches), ElementsAre(1, 0));
  EXPECT_EQ(batches[1].next.find(0)->next, 3);
}

TEST(IngestLoop, MovesThePositionOverRejectedRecordsWithTheNextBatch) {
  LoopFixture ingest(numbered({good(0), kBad, kBad, good(3), good(4)}),
                     {.on_error = OnError::kSkip, .minibatch = 2});
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  EXPECT_THAT(sizes(batches), ElementsAre(2, 1));
  EXPECT_EQ(batches[0].next.find(0)->next, 4);
  EXPECT_EQ(batches[1].next.find(0)->next, 5);
}

TEST(IngestLoop, HandsOnNothingFromAnEmptyStream) {
  LoopFixture ingest({});
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(ingest.batches(), IsEmpty());
}

TEST(IngestLoop, DropsAnUnfinishedMinibatchAtAStop) {
  LoopFixture ingest(good_records(5), {.minibatch = 3}, {2});
  ASSERT_TRUE(ingest.loop->step(ingest.stop.get_token()));
  ingest.stop.request_stop();
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(ingest.batches(), IsEmpty());
  EXPECT_FALSE(ingest.stats.get()->ended);
}

TEST(IngestLoop, StopsWhileTheQueueIsFull) {
  std::stop_source stop;
  test::MemorySource source(good_records(4));
  BoundedQueue<ExampleBatch> queue(1);
  Latest<StreamPosition> committed;
  Latest<IngestStats> stats;
  SystemClock clock;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kDebug, clock, lines);
  const auto decoder = test::json_decoder({}, nullptr);
  IngestLoop loop({.minibatch = 1}, source, *decoder, nullptr, {}, queue, committed, stats, clock,
                  log);
  std::jthread thread([&] { EXPECT_TRUE(loop.run(stop.get_token())); });
  stop.request_stop();
  thread.join();
  EXPECT_LE(queue.size(), 1u);
}

TEST(IngestLoop, EndsWhenItsReaderClosedTheQueue) {
  LoopFixture ingest(good_records(5), {.minibatch = 1});
  ingest.queue.close();
  EXPECT_EQ(ingest.loop->step({}), false);
}

TEST(IngestLoop, TellsTheSourceWhatACheckpointHolds) {
  LoopFixture ingest(good_records(1));
  StreamPosition position;
  position.at(0).next = 1;
  ingest.committed.set(std::make_shared<StreamPosition>(position));
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(ingest.source.commits, ElementsAre(position));
}

TEST(IngestLoop, PublishesAtMostTenTimesASecond) {
  LoopFixture ingest(good_records(10), {}, {1});
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(ingest.loop->step({}));
    ingest.clock.advance(std::chrono::milliseconds(60));
  }
  EXPECT_EQ(ingest.stats.version(), 1u);  // at 120 ms; 180 ms is too soon after
}

TEST(SilentSeconds, CountFromTheLastMessageWhileTheSourceHasNone) {
  IngestStats stats;
  stats.last_message = Timestamp(std::chrono::seconds(100));
  stats.waiting = true;
  EXPECT_EQ(silent_seconds(stats, Timestamp(std::chrono::seconds(104))), std::nullopt);
  EXPECT_EQ(silent_seconds(stats, Timestamp(std::chrono::seconds(117))), 17);
}

TEST(SilentSeconds, AreNoneWhileRecordsWaitForTheLearnerOrAfterTheEnd) {
  const Timestamp later(std::chrono::seconds(100));
  IngestStats stats;
  EXPECT_EQ(silent_seconds(stats, later), std::nullopt);
  stats.waiting = stats.ended = true;
  EXPECT_EQ(silent_seconds(stats, later), std::nullopt);
}

TEST(IngestLoop, KnowsWhenTheLastMessageCame) {
  LoopFixture ingest(good_records(1));
  ingest.clock.advance(std::chrono::seconds(5));
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->last_message, Timestamp(std::chrono::seconds(1005)));
}

}  // namespace
}  // namespace gradus
