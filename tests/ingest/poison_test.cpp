// Records that are no examples, through the whole loop: what each policy does with them.

#include "tests/ingest/loop_fixture.h"

namespace gradus {
namespace {

using test::good;
using test::LoopFixture;
using test::numbered;
using test::OwnedRecord;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string deep() {
  return R"({"x":)" + std::string(10'000, '[') + std::string(10'000, ']') + R"(,"y":1})";
}

struct Poison {
  Reject reason;
  OwnedRecord record;
};

// Every kind of bad record that a topic may carry, the tombstone last.
std::vector<Poison> kinds() {
  using namespace std::string_literals;
  return {
      {Reject::kMalformed, {.bytes = R"({"x":[1,2)"}},
      {Reject::kWrongType, {.bytes = R"({"x":[1],"y":"secret"})"}},
      {Reject::kNotFinite, {.bytes = R"({"x":[NaN],"y":1})"}},
      {Reject::kNotFinite, {.bytes = R"({"x":[1e999],"y":1})"}},
      {Reject::kFraming, {.bytes = "\0\0\0\0\x01{\"x\":[1],\"y\":1}"s}},
      {Reject::kEmpty, {.bytes = ""}},
      {Reject::kTooLarge,
       {.bytes = R"({"x":[1],"y":1,"note":")" + std::string(10 << 20, 'a') + "\"}"}},
      {Reject::kInvalidUtf8, {.bytes = "{\"features\":{\"\xC3(\":1},\"y\":1}"}},
      {Reject::kTooDeep, {.bytes = deep()}},
      {Reject::kMissingField, {.bytes = R"({"x":[1]})"}},
      {Reject::kOutOfRange, {.bytes = R"({"x":[1],"y":1,"weight":-1})"}},
      {Reject::kMalformed, {.bytes = R"({"x":[1],"y":1}garbage)"}},
      {Reject::kWrongType, {.bytes = R"([1,2,3])"}},
      {Reject::kTombstone, {.bytes = "", .tombstone = true}},
  };
}

// One good record after each bad one.
std::vector<OwnedRecord> poisoned() {
  std::vector<OwnedRecord> records;
  for (const Poison& kind : kinds()) {
    records.push_back(kind.record);
    records.push_back({.bytes = good(static_cast<int>(records.size() / 2))});
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].offset = static_cast<std::int64_t>(i);
  }
  return records;
}

std::array<std::uint64_t, kRejectCount> expected_counts() {
  std::array<std::uint64_t, kRejectCount> counts{};
  for (const Poison& kind : kinds()) ++counts[static_cast<std::size_t>(kind.reason)];
  return counts;
}

TEST(PoisonRecords, AreSkippedAndCountedEachUnderItsReason) {
  LoopFixture ingest(poisoned(), {.on_error = OnError::kSkip});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->rejected, expected_counts());
  EXPECT_THAT(ingest.letters.letters, testing::IsEmpty());
}

TEST(PoisonRecords, NeverReachTheLearner) {
  LoopFixture ingest(poisoned(), {.on_error = OnError::kSkip});
  ASSERT_TRUE(ingest.run());
  const auto batches = ingest.batches();
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_THAT(batches[0].label, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
  EXPECT_THAT(batches[0].value, testing::Each(1));
}

TEST(PoisonRecords, GoToTheDeadLettersWithTheirBytesUntouched) {
  LoopFixture ingest(poisoned(), {.on_error = OnError::kDeadLetter});
  ASSERT_TRUE(ingest.run());
  std::vector<test::MemoryDeadLetters::Letter> expected;
  for (const Poison& kind : kinds()) {
    expected.push_back(
        {kind.record.bytes, 2 * static_cast<std::int64_t>(expected.size()), kind.reason});
  }
  expected.pop_back();  // a tombstone is left out on purpose
  EXPECT_TRUE(ingest.letters.letters == expected);
  EXPECT_EQ(ingest.stats.get()->dead_letters_delivered, expected.size());
  EXPECT_EQ(ingest.stats.get()->rejected, expected_counts());
}

TEST(PoisonRecords, StopTheStreamAtTheFirstWhereTheyMustFail) {
  LoopFixture ingest(numbered({good(0), R"({"x":[1],"y":"secret"})", "{"}),
                     {.on_error = OnError::kFail});
  const auto result = ingest.run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kBadData);
  EXPECT_THAT(result.error().message, AllOf(HasSubstr("examples/0/1"), HasSubstr("wrong_type"),
                                            HasSubstr("on_error"), Not(HasSubstr("secret"))));
  EXPECT_EQ(ingest.rejected(Reject::kWrongType), 1u);
  EXPECT_EQ(ingest.rejected(Reject::kMalformed), 0u);
  EXPECT_TRUE(ingest.queue.drained());
}

TEST(PoisonRecords, AreLoggedByPlaceAndReasonWithoutTheirBytes) {
  LoopFixture ingest(poisoned(), {.on_error = OnError::kSkip});
  ASSERT_TRUE(ingest.run());
  EXPECT_THAT(ingest.lines, AllOf(HasSubstr("examples/0/2: wrong_type"), Not(HasSubstr("secret"))));
}

TEST(CircuitBreaker, TripsOnATopicOfAnotherFormatWithinAThousandRecords) {
  LoopFixture ingest(numbered(std::vector<std::string>(5000, "0.5,1,b")),
                     {.on_error = OnError::kDeadLetter});
  const auto result = ingest.run();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kBadData);
  EXPECT_THAT(result.error().message,
              AllOf(HasSubstr("1000 records in a row"), HasSubstr("malformed")));
  EXPECT_EQ(ingest.rejected(Reject::kMalformed), 1000u);
}

TEST(CircuitBreaker, BeginsAnewAfterEveryGoodRecord) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.insert(texts.end(), {"{", "{", good(i)});
  LoopFixture ingest(numbered(texts), {.on_error = OnError::kSkip, .max_consecutive_errors = 3});
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.stats.get()->examples, 100u);
}

TEST(CircuitBreaker, DoesNotCountTombstones) {
  auto records = numbered(std::vector<std::string>(10, ""));
  for (auto& record : records) record.tombstone = true;
  LoopFixture ingest(std::move(records), {.max_consecutive_errors = 3});
  EXPECT_TRUE(ingest.run());
}

TEST(DeadLetterOrder, AreDeliveredBeforeTheBatchThatPassesThemIsHandedOn) {
  LoopFixture ingest(numbered({good(0), "{", good(2), good(3)}),
                     {.on_error = OnError::kDeadLetter, .minibatch = 1});
  const auto delivered_with_batch = [&] {
    while (ingest.queue.size() == 0) EXPECT_TRUE(ingest.loop->step({}));
    ingest.queue.try_pop();
    return ingest.letters.delivered();
  };
  EXPECT_EQ(delivered_with_batch(), 0u);
  EXPECT_EQ(delivered_with_batch(), 1u);
  EXPECT_EQ(delivered_with_batch(), 1u);
  EXPECT_EQ(ingest.letters.flushes, 1);
}

TEST(DeadLetterOrder, WaitsForDeadLettersThatCannotBeDeliveredYet) {
  LoopFixture ingest(numbered({"{", good(1)}), {.on_error = OnError::kDeadLetter});
  ingest.letters.outages = 5;
  ASSERT_TRUE(ingest.run());
  EXPECT_EQ(ingest.letters.flushes, 6);
  EXPECT_EQ(ingest.letters.delivered(), 1u);
  EXPECT_THAT(ingest.lines, HasSubstr("no broker answers"));
}

TEST(DeadLetterOrder, HandsOnNothingWhenStoppedWhileTheyCannotBeDelivered) {
  LoopFixture ingest(numbered({"{", good(1)}), {.on_error = OnError::kDeadLetter});
  ingest.letters.outages = 1'000'000;
  ingest.stop.request_stop();
  ASSERT_EQ(ingest.loop->step(ingest.stop.get_token()), true);
  EXPECT_EQ(ingest.queue.size(), 0u);
}

}  // namespace
}  // namespace gradus
