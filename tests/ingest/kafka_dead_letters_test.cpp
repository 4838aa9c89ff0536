#include "ingest/kafka_dead_letters.h"

#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>

#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_mock.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

class KafkaDeadLettersTest : public KafkaFixture {
 protected:
  KafkaDeadLettersTest() { mock_.create_topic("examples.dead", 1); }

  std::unique_ptr<DeadLetters> open(const std::map<std::string, std::string>& more = {}) {
    Options options = section(mock_.brokers(), "examples", more);
    auto letters = make_kafka_dead_letters(options, setup());
    EXPECT_TRUE(letters.has_value()) << letters.error().message;
    return letters ? std::move(*letters) : nullptr;
  }

  /// Flushes as the loop does, in slices, for at most 20 s.
  Result<void> flush(DeadLetters& letters) {
    Result<void> done;
    const Duration deadline = clock_.elapsed() + std::chrono::seconds(20);
    do {
      done = letters.flush(std::chrono::milliseconds(200));
    } while (!done && clock_.elapsed() < deadline);
    return done;
  }

  std::vector<KafkaMessage> stored() const {
    return KafkaTool(mock_.brokers()).read("examples.dead");
  }

  static std::string header(const KafkaMessage& message, const std::string& name) {
    for (const auto& [key, value] : message.headers) {
      if (key == name) return value.value_or("(null)");
    }
    return "(none)";
  }

  KafkaMock mock_;
};

RawRecord record(std::string_view bytes, std::int64_t offset = 0) {
  return {.bytes = bytes, .key = {}, .partition = 2, .offset = offset, .timestamp_ms = 1'000'000};
}

TEST_F(KafkaDeadLettersTest, KeepTheRecordAndSayWhereItCameFromAndWhy) {
  const auto letters = open();
  RawRecord bad = record("{\"task\":", 77);
  bad.key = "k";
  ASSERT_TRUE(letters->write(bad, "examples", Reject::kMalformed).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_EQ(letters->delivered(), 1U);
  const auto messages = stored();
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].value, "{\"task\":");
  EXPECT_EQ(messages[0].key, "k");
  EXPECT_EQ(messages[0].timestamp_ms, 1'000'000);
  EXPECT_EQ(header(messages[0], "gradus.error.topic"), "examples");
  EXPECT_EQ(header(messages[0], "gradus.error.partition"), "2");
  EXPECT_EQ(header(messages[0], "gradus.error.offset"), "77");
  EXPECT_EQ(header(messages[0], "gradus.error.reason"), "malformed");
  EXPECT_EQ(header(messages[0], "gradus.error.message"), reject_hint(Reject::kMalformed));
  EXPECT_EQ(header(messages[0], "gradus.error.run"), "test");
  const std::int64_t time = std::stoll(header(messages[0], "gradus.error.time"));
  const auto now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  EXPECT_NEAR(static_cast<double>(time), static_cast<double>(now.time_since_epoch().count()), 60e3);
}

TEST_F(KafkaDeadLettersTest, KeepTombstonesAndEmptyValuesApart) {
  const auto letters = open();
  RawRecord tombstone = record({});
  tombstone.tombstone = true;
  ASSERT_TRUE(letters->write(tombstone, "examples", Reject::kTombstone).has_value());
  ASSERT_TRUE(letters->write(record({}), "examples", Reject::kEmpty).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  const auto messages = stored();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].value, std::nullopt);
  EXPECT_EQ(messages[1].value, "");
}

TEST_F(KafkaDeadLettersTest, KeepTheHeadersThatTheRecordHad) {
  mock_.create_topic("examples", 1);
  KafkaTool(mock_.brokers())
      .send("examples", {{.key = {},
                          .value = "bad",
                          .headers = {{"trace", "7"}, {"trace", "8"}, {"null", std::nullopt}}}});
  const auto source = make(section(mock_.brokers(), "examples"), setup_until_end());
  ASSERT_TRUE(source->open({}).has_value());
  const auto records = source->poll(1, std::chrono::seconds(20));
  ASSERT_TRUE(records.has_value() && records->size() == 1);
  const auto letters = open();
  ASSERT_TRUE(letters->write(records->front(), "examples", Reject::kMalformed).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  const auto messages = stored();
  ASSERT_EQ(messages.size(), 1U);
  ASSERT_EQ(messages[0].headers.size(), 3U + 7U);
  EXPECT_EQ(messages[0].headers[0].first, "trace");
  EXPECT_EQ(messages[0].headers[0].second, "7");
  EXPECT_EQ(messages[0].headers[1].second, "8");
  EXPECT_EQ(messages[0].headers[2].second, std::nullopt);
}

TEST_F(KafkaDeadLettersTest, GoToTheTopicThatIsNamed) {
  mock_.create_topic("bad", 1);
  const auto letters = open({{"dead_letter_topic", "bad"}});
  ASSERT_TRUE(letters->write(record("x"), "examples", Reject::kMalformed).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_EQ(KafkaTool(mock_.brokers()).read("bad").size(), 1U);
}

TEST_F(KafkaDeadLettersTest, ArriveInOrderWithoutRepeatsThroughErrorsThatPass) {
  const auto letters = open();
  mock_.push_errors(kProduceApi, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                  RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT});
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(
        letters->write(record(std::to_string(i), i), "examples", Reject::kMalformed).has_value());
  }
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_EQ(letters->delivered(), 50U);
  const auto messages = stored();
  ASSERT_EQ(messages.size(), 50U);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(messages[i].value, std::to_string(i));
}

TEST_F(KafkaDeadLettersTest, WaitForBrokersThatAreAway) {
  const auto letters = open();
  ASSERT_TRUE(letters->write(record("first"), "examples", Reject::kMalformed).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  mock_.set_down();
  ASSERT_TRUE(letters->write(record("second"), "examples", Reject::kMalformed).has_value());
  const auto waiting = letters->flush(std::chrono::milliseconds(100));
  ASSERT_FALSE(waiting.has_value());
  EXPECT_EQ(waiting.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(waiting.error().message, HasSubstr("1 dead letters"));
  mock_.set_up();
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_EQ(letters->delivered(), 2U);
}

// An idempotent producer whose first unacknowledged request is out of sequence gives up for good.
TEST_F(KafkaDeadLettersTest, GoOnWithANewProducerWhereTheOldOneBroke) {
  const auto letters = open();
  ASSERT_TRUE(letters->write(record("before"), "examples", Reject::kMalformed).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  mock_.push_errors(kProduceApi, {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(
        letters->write(record(std::to_string(i), i), "examples", Reject::kMalformed).has_value());
  }
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_THAT(lines_, HasSubstr("producer of dead letters broke"));
  EXPECT_EQ(letters->delivered(), 6U);
  EXPECT_EQ(letters->failed(), 0U);
  const auto messages = stored();
  ASSERT_EQ(messages.size(), 6U);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(messages[i + 1].value, std::to_string(i));
  EXPECT_EQ(header(messages[5], "gradus.error.offset"), "4");
}

TEST_F(KafkaDeadLettersTest, CountWhatTheBrokersRefuseForGood) {
  const auto letters = open();
  mock_.push_errors(kProduceApi, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
  ASSERT_TRUE(letters->write(record("huge"), "examples", Reject::kTooLarge).has_value());
  ASSERT_TRUE(flush(*letters).has_value());
  EXPECT_EQ(letters->delivered(), 0U);
  EXPECT_EQ(letters->failed(), 1U);
  EXPECT_THAT(lines_, HasSubstr("was refused"));
}

}  // namespace
}  // namespace gradus::test
