#include "ingest/sources/kafka_source.h"

#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>

#include <set>

#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_mock.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KafkaSourceTest : public KafkaFixture {
 protected:
  /// A topic with the values "0" to "n-1" in each partition.
  void fill(const std::string& topic, int partitions, int n) {
    mock_.create_topic(topic, partitions);
    for (int p = 0; p < partitions; ++p) {
      tool().send(topic, messages_of(counted_values(n), p));
    }
  }
  KafkaTool tool() const { return KafkaTool(mock_.brokers()); }
  Options section_of(const std::string& topic,
                     const std::map<std::string, std::string>& more = {}) const {
    return section(mock_.brokers(), topic, more);
  }

  KafkaMock mock_;
};

/// What `fill` wrote, from offset `begin` on.
std::vector<SeenRecord> filled(std::int32_t partition, int begin, int end) {
  std::vector<SeenRecord> records;
  for (int i = begin; i < end; ++i) records.push_back({partition, i, std::to_string(i)});
  return records;
}

std::vector<SeenRecord> of_partition(const std::vector<SeenRecord>& all, std::int32_t partition) {
  std::vector<SeenRecord> some;
  for (const SeenRecord& record : all) {
    if (record.partition == partition) some.push_back(record);
  }
  return some;
}

TEST_F(KafkaSourceTest, GivesEveryRecordOfEveryPartitionInOrder) {
  fill("examples", 4, 500);
  const auto seen = read_all(section_of("examples"));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(seen->size(), 2000U);
  for (int p = 0; p < 4; ++p) EXPECT_EQ(of_partition(*seen, p), filled(p, 0, 500));
}

TEST_F(KafkaSourceTest, GoesOnAtThePositionsOfACheckpoint) {
  fill("examples", 3, 100);
  // Partition 1 is missing: it starts at its beginning.
  const auto seen =
      read_all(section_of("examples"),
               position("examples", {{.partition = 0, .next = 40}, {.partition = 2, .next = 99}}));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(of_partition(*seen, 0), filled(0, 40, 100));
  EXPECT_EQ(of_partition(*seen, 1), filled(1, 0, 100));
  EXPECT_EQ(of_partition(*seen, 2), filled(2, 99, 100));
}

TEST_F(KafkaSourceTest, GivesAtMostTheLimitAndKeepsViewsUntilTheNextPoll) {
  fill("examples", 1, 100);
  const auto source = make(section_of("examples"), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  auto records = source->poll(7, std::chrono::seconds(20));
  ASSERT_TRUE(records.has_value()) << records.error().message;
  ASSERT_GE(records->size(), 1U);
  EXPECT_LE(records->size(), 7U);
  std::int64_t offset = 0;
  for (const RawRecord& record : *records) EXPECT_EQ(record.bytes, std::to_string(offset++));
}

TEST_F(KafkaSourceTest, EndsAtTheEndThatTheTopicHadWhenItWasOpened) {
  fill("examples", 2, 50);
  const auto source = make(section_of("examples"), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  EXPECT_FALSE(source->ended());
  tool().send("examples", messages_of({"later"}, 0));
  const auto seen = read(*source, SIZE_MAX);
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(seen->size(), 100U);
  EXPECT_TRUE(source->ended());
}

TEST_F(KafkaSourceTest, EndsAtOnceWhereNothingIsLeft) {
  fill("examples", 2, 5);
  const auto seen =
      read_all(section_of("examples"),
               position("examples", {{.partition = 0, .next = 5}, {.partition = 1, .next = 5}}));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_TRUE(seen->empty());
}

TEST_F(KafkaSourceTest, FollowsALiveTopicWithoutEnd) {
  fill("examples", 1, 3);
  const auto source = make(section_of("examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_EQ(read(*source, 3)->size(), 3U);
  EXPECT_FALSE(source->ended());
  tool().send("examples", messages_of({"fresh"}));
  const auto more = read(*source, 1);
  ASSERT_TRUE(more.has_value()) << more.error().message;
  EXPECT_EQ(*more, (std::vector<SeenRecord>{{0, 3, "fresh"}}));
}

TEST_F(KafkaSourceTest, TellsATombstoneFromAnEmptyValue) {
  mock_.create_topic("examples", 1);
  tool().send("examples", {{.key = "a", .value = std::nullopt, .headers = {}},
                           {.key = "b", .value = "", .headers = {}},
                           {.key = std::nullopt, .value = "full", .headers = {}}});
  const auto source = make(section_of("examples"), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  std::vector<std::pair<bool, std::string>> seen;
  while (!source->ended()) {
    const auto records = source->poll(10, std::chrono::milliseconds(50));
    ASSERT_TRUE(records.has_value()) << records.error().message;
    for (const RawRecord& record : *records) {
      seen.emplace_back(record.tombstone,
                        std::string(record.key) + "=" + std::string(record.bytes));
    }
  }
  EXPECT_EQ(seen, (std::vector<std::pair<bool, std::string>>{
                      {true, "a="}, {false, "b="}, {false, "=full"}}));
}

TEST_F(KafkaSourceTest, GivesTimestampsAndHeadersOfRecords) {
  mock_.create_topic("examples", 1);
  tool().send("examples", {{.key = {},
                            .value = "v",
                            .timestamp_ms = 1'700'000'000'123,
                            .headers = {{"trace", "7"}, {"null", std::nullopt}}}});
  const auto source = make(section_of("examples"), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  const auto records = source->poll(10, std::chrono::seconds(20));
  ASSERT_TRUE(records.has_value() && records->size() == 1);
  const RawRecord& record = records->front();
  EXPECT_EQ(record.timestamp_ms, 1'700'000'000'123);
  ASSERT_NE(record.headers, nullptr);
  const auto headers = record.headers->headers_of(record);
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers[0].name, "trace");
  EXPECT_EQ(headers[0].value, "7");
  EXPECT_EQ(headers[1].value, std::nullopt);
}

TEST_F(KafkaSourceTest, ShowsTheEndOfEveryPartitionForLag) {
  fill("examples", 2, 30);
  const auto source = make(section_of("examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  const SourceFacts facts = source->facts();
  ASSERT_EQ(facts.partitions.size(), 2U);
  EXPECT_EQ(facts.partitions[0].high_watermark, 30);
  EXPECT_EQ(facts.partitions[1].high_watermark, 30);
  EXPECT_TRUE(facts.connected);
  EXPECT_EQ(facts.brokers_up, 1);
}

TEST_F(KafkaSourceTest, RefusesAnUnknownTopicAtOpenNamingANearOne) {
  fill("examples", 1, 1);
  mock_.create_topic("exmples", 1);
  mock_.set_topic_error("exmples", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const auto source = make(section_of("exmples"), setup());
  const auto opened = source->open({});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(opened.error().message,
              AllOf(HasSubstr("exmples"), HasSubstr("did you mean examples?")));
}

TEST_F(KafkaSourceTest, RefusesATopicThatMayNotBeRead) {
  mock_.create_topic("examples", 1);
  mock_.set_topic_error("examples", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  const auto source = make(section_of("examples"), setup());
  const auto opened = source->open({});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(opened.error().message, HasSubstr("authorization failed"));
}

TEST_F(KafkaSourceTest, RefusesThePositionOfAnotherStream) {
  fill("examples", 1, 1);
  const auto source = make(section_of("examples"), setup());
  const auto opened = source->open(position("others", {{.partition = 0, .next = 1}}));
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kForeign);
}

TEST_F(KafkaSourceTest, RefusesAPositionBeyondTheEndNamingBothOffsetsAndTheWaysOut) {
  fill("examples", 1, 10);
  const auto seen = read_all(section_of("examples", {{"missing_offsets", "skip"}}),
                             position("examples", {{.partition = 0, .next = 25}}));
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message,
              AllOf(HasSubstr("examples/0"), HasSubstr("offset 25"), HasSubstr("0 to 9"),
                    HasSubstr("new data directory"), HasSubstr("stream.kafka.topic")));
}

TEST_F(KafkaSourceTest, RefusesAPositionInAPartitionThatIsMissing) {
  fill("examples", 1, 10);
  const auto seen =
      read_all(section_of("examples"), position("examples", {{.partition = 3, .next = 4}}));
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, HasSubstr("examples/3"));
}

TEST_F(KafkaSourceTest, AcceptsTheLogWhoseLastRecordHasTheTimeThatWasRead) {
  mock_.create_topic("examples", 1);
  tool().send("examples", {{.key = {}, .value = "a", .timestamp_ms = 1000, .headers = {}},
                           {.key = {}, .value = "b", .timestamp_ms = 2000, .headers = {}}});
  const auto seen =
      read_all(section_of("examples"),
               position("examples", {{.partition = 0, .next = 1, .last_timestamp_ms = 1000}}));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(*seen, (std::vector<SeenRecord>{{0, 1, "b"}}));
}

TEST_F(KafkaSourceTest, RefusesALogThatWasWrittenAnewUnderTheSameOffsets) {
  mock_.create_topic("examples", 1);
  tool().send("examples", {{.key = {}, .value = "a", .timestamp_ms = 1000, .headers = {}},
                           {.key = {}, .value = "b", .timestamp_ms = 2000, .headers = {}}});
  const auto seen =
      read_all(section_of("examples"),
               position("examples", {{.partition = 0, .next = 1, .last_timestamp_ms = 999}}));
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(seen.error().message, AllOf(HasSubstr("1000"), HasSubstr("999")));
}

TEST_F(KafkaSourceTest, TellsLagToolsWhatACheckpointHolds) {
  fill("examples", 1, 10);
  const auto source = make(section_of("examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_EQ(read(*source, 10)->size(), 10U);
  source->commit(position("examples", {{.partition = 0, .next = 10}}));
  std::int64_t committed = -1;
  const Duration deadline = clock_.elapsed() + std::chrono::seconds(20);
  while (committed != 10 && clock_.elapsed() < deadline) {
    ASSERT_TRUE(source->poll(1, std::chrono::milliseconds(50)).has_value());
    committed = tool().committed("gradus-test", "examples", 0);
  }
  EXPECT_EQ(committed, 10);
}

// Protocol versions that Kafka 4 no longer has. It keeps announcing JoinGroup 0 and 1, and (only)
// in ApiVersions Produce 0 to 2, for clients like this one.
TEST_F(KafkaSourceTest, ReadsFromTheVersionsOfKafka4) {
  mock_.set_versions(kFetchApi, 4, 11);
  mock_.set_versions(kListOffsetsApi, 1, 2);
  mock_.set_versions(kOffsetCommitApi, 2, 7);
  mock_.set_versions(kOffsetFetchApi, 1, 5);
  fill("examples", 2, 500);
  const auto seen = read_all(section_of("examples"));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(seen->size(), 1000U);
}

TEST_F(KafkaSourceTest, ReadsFromKafka4BeforeItsJoinGroupWasMended) {
  mock_.set_versions(kFetchApi, 4, 11);
  mock_.set_versions(kListOffsetsApi, 1, 2);
  mock_.set_versions(kJoinGroupApi, 2, 5);
  fill("examples", 1, 500);
  const auto seen = read_all(section_of("examples"));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(seen->size(), 500U);
}

}  // namespace
}  // namespace gradus::test
