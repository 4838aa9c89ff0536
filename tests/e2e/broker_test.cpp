#include <gmock/gmock.h>

#include "ingest/kafka_dead_letters.h"
#include "ingest/kafka_writer.h"
#include "tests/e2e/broker_fixture.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

using Broker = BrokerFixture<SharedBroker>;

TEST_F(Broker, GivesTwoHundredThousandRecordsOnceEach) {
  produce(4, 200'000);
  const auto seen = read_all(section_of(topic_));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  expect_each_once(*seen, 4, 200'000);
}

TEST_F(Broker, NamesANearTopicWhereItHasNone) {
  tool().create_topic(topic_, 1);
  const auto source = make(section_of(topic_.substr(1)), setup());
  const auto opened = source->open({});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(opened.error().message, HasSubstr("did you mean " + topic_ + "?"));
}

TEST_F(Broker, GivesTombstonesOfACompactedTopic) {
  tool().create_topic(topic_, 1, {{"cleanup.policy", "compact"}});
  tool().send(topic_, {{.key = "a", .value = "1", .headers = {}},
                       {.key = "a", .value = std::nullopt, .headers = {}},
                       {.key = "b", .value = "", .headers = {}}});
  const auto source = make(section_of(topic_), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  std::vector<bool> tombstones;
  while (!source->ended()) {
    const auto records = source->poll(10, std::chrono::milliseconds(50));
    ASSERT_TRUE(records.has_value()) << records.error().message;
    for (const RawRecord& record : *records) tombstones.push_back(record.tombstone);
  }
  EXPECT_EQ(tombstones, (std::vector<bool>{false, true, false}));
}

// Each transaction ends with a marker that takes an offset and is no record.
TEST_F(Broker, LeavesAbortedTransactionsOutAndEndsBehindTheLastMarker) {
  tool().create_topic(topic_, 1);
  tool().send_in(KafkaTool::Transaction::kCommit, topic_, messages_of({"a", "b"}));
  tool().send_in(KafkaTool::Transaction::kAbort, topic_, messages_of({"c", "d"}));
  tool().send_in(KafkaTool::Transaction::kCommit, topic_, messages_of({"e"}));
  tool().send_in(KafkaTool::Transaction::kAbort, topic_, messages_of({"f"}));
  const auto seen = read_all(section_of(topic_));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  EXPECT_EQ(*seen, (std::vector<SeenRecord>{{0, 0, "a"}, {0, 1, "b"}, {0, 6, "e"}}));
}

TEST_F(Broker, GivesARecordOfTenMegabytesWhole) {
  tool().create_topic(topic_, 1);
  const std::string huge(10 << 20, 'x');
  tool().send(topic_, messages_of({"before", huge, "after"}));
  const auto seen = read_all(section_of(topic_));
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  ASSERT_EQ(seen->size(), 3U);
  EXPECT_TRUE((*seen)[1].bytes == huge);
  EXPECT_EQ((*seen)[2].bytes, "after");
}

TEST_F(Broker, TakesDeadLettersIntoATopicThatTheyMake) {
  tool().create_topic(topic_, 1);
  const std::string huge(10 << 20, 'x');
  tool().send(topic_, {{.key = "k", .value = "{", .headers = {{"trace", "7"}}},
                       {.key = {}, .value = huge, .headers = {}}});
  Options options = section_of(topic_);
  const auto letters = make_kafka_dead_letters(options, setup());
  ASSERT_TRUE(letters.has_value()) << letters.error().message;
  const auto source = make(section_of(topic_), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  while (!source->ended()) {
    const auto records = source->poll(10, std::chrono::milliseconds(50));
    ASSERT_TRUE(records.has_value()) << records.error().message;
    for (const RawRecord& record : *records) {
      const auto written = (*letters)->write(record, topic_, Reject::kMalformed);
      ASSERT_TRUE(written.has_value()) << written.error().message;
    }
  }
  ASSERT_TRUE((*letters)->flush(std::chrono::seconds(30)).has_value());
  EXPECT_EQ((*letters)->delivered(), 2U);

  const auto stored = tool().read(topic_ + ".dead");
  ASSERT_EQ(stored.size(), 2U);
  EXPECT_EQ(stored[0].key, "k");
  EXPECT_EQ(stored[0].value, "{");
  EXPECT_THAT(
      stored[0].headers,
      ::testing::IsSupersetOf(std::vector<std::pair<std::string, std::optional<std::string>>>{
          {"trace", "7"},
          {"gradus.error.topic", topic_},
          {"gradus.error.partition", "0"},
          {"gradus.error.offset", "0"},
          {"gradus.error.reason", "malformed"},
          {"gradus.error.run", "test"}}));
  EXPECT_TRUE(stored[1].value == huge);
}

TEST_F(Broker, CountsDeadLettersThatItRefuses) {
  tool().create_topic(topic_ + ".dead", 1, {{"max.message.bytes", "2000"}});
  Options options = section_of(topic_);
  const auto letters = make_kafka_dead_letters(options, setup());
  ASSERT_TRUE(letters.has_value()) << letters.error().message;
  const std::string large(50'000, 'x');
  RawRecord record{.bytes = large, .key = {}};
  ASSERT_TRUE((*letters)->write(record, topic_, Reject::kTooLarge).has_value());
  ASSERT_TRUE((*letters)->flush(std::chrono::seconds(30)).has_value());
  EXPECT_EQ((*letters)->delivered(), 0U);
  EXPECT_EQ((*letters)->failed(), 1U);
}

TEST_F(Broker, ShowsLagToolsTheOffsetOfTheCheckpoint) {
  produce(1, 100);
  const auto source = make(section_of(topic_), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_EQ(read(*source, 100)->size(), 100U);
  source->commit(position(topic_, {{.partition = 0, .next = 60}}));
  std::int64_t committed = -1;
  const Duration deadline = clock_.elapsed() + std::chrono::seconds(30);
  while (committed != 60 && clock_.elapsed() < deadline) {
    ASSERT_TRUE(source->poll(1, std::chrono::milliseconds(50)).has_value());
    committed = tool().committed("gradus-test", topic_, 0);
  }
  EXPECT_EQ(committed, 60);
}

TEST_F(Broker, ReportsRoundTripsAndQueues) {
  produce(1, 100);
  const auto source =
      make(section_of(topic_, {{"options.statistics.interval.ms", "200"}}), setup());
  ASSERT_TRUE(source->open({}).has_value());
  std::vector<SeenRecord> seen;
  EXPECT_TRUE(poll_until(
      *source, [&] { return source->facts().broker_rtt_p99 > 0; }, seen));
  EXPECT_EQ(source->facts().brokers_up, 1);
  EXPECT_EQ(source->facts().partitions.at(0).high_watermark, 100);
}

}  // namespace
}  // namespace gradus::test
