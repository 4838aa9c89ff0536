#include <gmock/gmock.h>

#include <algorithm>

#include "tests/e2e/broker_fixture.h"

namespace gradus::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Broker = BrokerFixture<SharedBroker>;

TEST_F(Broker, RefusesToGoOnWhereRecordsWereDeletedNamingBothOffsets) {
  produce(1, 200);
  tool().delete_records(topic_, 0, 100);
  const auto seen = read_all(section_of(topic_), position(topic_, {{.partition = 0, .next = 50}}));
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message,
              AllOf(HasSubstr(topic_ + "/0"), HasSubstr("offset 50"), HasSubstr("100 to 199"),
                    HasSubstr("new data directory"), HasSubstr("missing_offsets: skip")));
}

TEST_F(Broker, LeavesDeletedRecordsOutWhereThatIsDeclared) {
  produce(1, 200);
  tool().delete_records(topic_, 0, 100);
  const auto source = make(section_of(topic_, {{"missing_offsets", "skip"}}), setup_until_end());
  ASSERT_TRUE(source->open(position(topic_, {{.partition = 0, .next = 50}})).has_value());
  const auto seen = read(*source, 1000);
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  ASSERT_EQ(seen->size(), 100U);
  EXPECT_EQ(seen->front().offset, 100);
  EXPECT_EQ(source->facts().resets, 1U);
}

TEST_F(Broker, StartsANewRunAtTheEarliestRecordThatIsLeft) {
  produce(1, 200);
  tool().delete_records(topic_, 0, 100);
  const auto seen = read_all(section_of(topic_));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  ASSERT_EQ(seen->size(), 100U);
  EXPECT_EQ(seen->front().offset, 100);
}

// Partition 1 belongs to the run from its first moment on, though no record of it was read.
TEST_F(Broker, RefusesToGoOnWhereAPartitionLostItsRecordsBeforeTheFirstWasRead) {
  produce(2, 200);
  tool().delete_records(topic_, 1, 40);
  StreamPosition where = position(topic_, {{.partition = 0, .next = 100}});
  {
    const auto source = make(section_of(topic_), setup());
    ASSERT_TRUE(source->open({}).has_value());
    const auto starts = source->starts();
    ASSERT_EQ(starts.size(), 2U);
    EXPECT_EQ(starts[1].next, 40);
    where.partitions.push_back(starts[1]);
  }
  tool().delete_records(topic_, 1, 60);
  const auto seen = read_all(section_of(topic_), where);
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message,
              AllOf(HasSubstr(topic_ + "/1"), HasSubstr("offset 40"), HasSubstr("60 to 99")));
}

// A partition that the position does not name was added after it: all of its records are owed.
TEST_F(Broker, RefusesToGoOnWhereANewPartitionLostItsFirstRecords) {
  produce(2, 20);
  tool().delete_records(topic_, 1, 5);
  const auto seen = read_all(section_of(topic_), position(topic_, {{.partition = 0, .next = 10}}));
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, AllOf(HasSubstr(topic_ + "/1"), HasSubstr("offset 0")));
}

TEST_F(Broker, ReadsPartitionsThatATopicGainsFromTheirBeginning) {
  produce(1, 10);
  const auto source =
      make(section_of(topic_, {{"options.statistics.interval.ms", "100"},
                               {"options.topic.metadata.refresh.interval.ms", "100"}}),
           setup());
  ASSERT_TRUE(source->open({}).has_value());
  auto seen = read(*source, 10);
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  tool().grow_topic(topic_, 2);
  tool().send(topic_, messages_of(counted_values(5), 1));
  tool().send(topic_, messages_of({"more"}, 0));
  EXPECT_TRUE(poll_until(
      *source, [&] { return seen->size() >= 16; }, *seen));
  EXPECT_EQ(std::count(seen->begin(), seen->end(), SeenRecord{0, 10, "more"}), 1);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(std::count(seen->begin(), seen->end(), SeenRecord{1, i, std::to_string(i)}), 1) << i;
  }
  EXPECT_EQ(source->facts().partitions.size(), 2U);
  EXPECT_EQ(source->starts().size(), 2U);
}

// The reader is far behind, with little prefetched, when the records before it go.
TEST_F(Broker, RefusesToJumpWhereRecordsAreDeletedUnderASlowReader) {
  tool().create_topic(topic_, 1);
  tool().send(topic_, messages_of(std::vector<std::string>(5000, std::string(1000, 'x'))));
  const auto source = make(section_of(topic_, {{"options.queued.min.messages", "1"},
                                               {"options.queued.max.messages.kbytes", "1"},
                                               {"options.fetch.message.max.bytes", "20000"}}),
                           setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_EQ(read(*source, 5)->size(), 5U);
  tool().delete_records(topic_, 0, 4900);
  const auto seen = read(*source, 5000);
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, AllOf(HasSubstr(topic_ + "/0"), HasSubstr("4900 to 4999")));
}

TEST_F(Broker, RefusesATopicThatWasDeletedAndMadeAgain) {
  produce(1, 10);
  const auto from = position(topic_, {{.partition = 0, .next = 10}});
  tool().delete_topic(topic_);
  tool().create_topic(topic_ + ".other", 1);  // returns once the deletion has gone through as well
  produce(1, 5);
  const auto seen = read_all(section_of(topic_), from);
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, AllOf(HasSubstr("offset 10"), HasSubstr("0 to 4")));
}

TEST_F(Broker, RefusesATopicThatWasMadeAgainWithMoreRecordsByTheirTime) {
  tool().create_topic(topic_, 1);
  tool().send(topic_, {{.key = {}, .value = "a", .timestamp_ms = 5000, .headers = {}},
                       {.key = {}, .value = "b", .timestamp_ms = 6000, .headers = {}}});
  const auto from = position(topic_, {{.partition = 0, .next = 1, .last_timestamp_ms = 4000}});
  const auto seen = read_all(section_of(topic_), from);
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, HasSubstr("created again"));
}

}  // namespace
}  // namespace gradus::test
