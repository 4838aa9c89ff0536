#include "ingest/sources/kafka_identity.h"

#include <gmock/gmock.h>

#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_mock.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// The mock cluster cannot delete topics: "second" stands for "first" after it was created again.
class KafkaIdentityTest : public KafkaFixture {
 protected:
  void fill(const std::string& topic, const std::vector<KafkaMessage>& messages) {
    mock_.create_topic(topic, 1);
    KafkaTool(mock_.brokers()).send(topic, messages);
  }
  static KafkaMessage message(const std::string& value) {
    return {.key = "key",
            .value = value,
            .timestamp_ms = 1'700'000'000'000,
            .headers = {{"trace", "1"}, {"null", std::nullopt}}};
  }
  /// Reads `topic` to its end and gives the position there, as that of "second".
  StreamPosition learn(const std::string& topic, const StreamPosition& from = {}) {
    StreamPosition position = from;
    const auto source = make(section(mock_.brokers(), topic), setup_until_end());
    EXPECT_TRUE(source->open(from));
    while (!source->ended()) {
      const auto records = source->poll(3, std::chrono::milliseconds(50));
      if (!records) {
        ADD_FAILURE() << records.error().message;
        break;
      }
      for (const RawRecord& record : *records) {
        position.at(record.partition).next = record.offset + 1;
        position.at(record.partition).last_timestamp_ms = record.timestamp_ms;
      }
      source->mark(position);
    }
    position.stream = "kafka:second";
    return position;
  }
  Result<std::vector<SeenRecord>> go_on(const StreamPosition& from) {
    return read_all(section(mock_.brokers(), "second"), from);
  }
  /// That of a run that has read "a" and something other than "b" of "second".
  StreamPosition position_before_c() const {
    StreamPosition position = KafkaFixture::position("second", {});
    position.at(0) = {.partition = 0, .next = 2, .last = {.at = 1, .digest = 7}};
    return position;
  }
  void expect_changed(const StreamPosition& from) {
    const auto seen = go_on(from);
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, ErrorCode::kPositionGone);
    EXPECT_THAT(seen.error().message,
                AllOf(HasSubstr("second/0: record 1 is not the one that was learned"),
                      HasSubstr("new data directory"), HasSubstr("stream.kafka.topic")));
  }

  KafkaMock mock_;
};

TEST_F(KafkaIdentityTest, APositionNamesTheClusterAndTheLastRecord) {
  fill("first", {message("a"), message("b")});
  const StreamPosition position = learn("first");
  EXPECT_THAT(position.origin, HasSubstr("mockCluster"));
  EXPECT_EQ(position.find(0)->last.at, 1);
  EXPECT_NE(position.find(0)->last.digest, 0U);
  EXPECT_EQ(position.find(0)->proved.at, 1);
}

TEST_F(KafkaIdentityTest, GoesOnWhereTheLastRecordIsTheSame) {
  fill("first", {message("a"), message("b")});
  fill("second", {message("other"), message("b"), message("c")});
  const auto seen = go_on(learn("first"));
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_EQ(*seen, (std::vector<SeenRecord>{{0, 2, "c"}}));
}

TEST_F(KafkaIdentityTest, IsToldByTheBytesOfTheLastRecord) {
  fill("first", {message("a"), message("b")});
  fill("second", {message("a"), message("B"), message("c")});
  expect_changed(learn("first"));
}

TEST_F(KafkaIdentityTest, IsToldByTheKeyOfTheLastRecord) {
  fill("first", {message("a"), message("b")});
  KafkaMessage other = message("b");
  other.key = std::nullopt;
  fill("second", {message("a"), other});
  expect_changed(learn("first"));
}

TEST_F(KafkaIdentityTest, IsToldByTheTimestampOfTheLastRecord) {
  fill("first", {message("a"), message("b")});
  KafkaMessage other = message("b");
  ++other.timestamp_ms;
  fill("second", {message("a"), other});
  expect_changed(learn("first"));
}

TEST_F(KafkaIdentityTest, IsToldByTheHeadersOfTheLastRecord) {
  fill("first", {message("a"), message("b")});
  KafkaMessage other = message("b");
  other.headers[1].second = "";
  fill("second", {message("a"), other});
  expect_changed(learn("first"));
}

TEST_F(KafkaIdentityTest, IsToldByARecordThatWasReadAgainBeforeTheLast) {
  fill("first", {message("a"), message("b"), message("c")});
  fill("second", {message("a"), message("b"), message("c"), message("d")});
  StreamPosition position = learn("first");
  position.at(0).proved = {.at = 1, .digest = 7};
  expect_changed(position);
}

TEST_F(KafkaIdentityTest, GoesOnFromACheckpointThatHasATimestampOnly) {
  fill("first", {message("a"), message("b")});
  fill("second", {message("a"), message("B"), message("c")});
  StreamPosition position = learn("first");
  position.at(0).last = position.at(0).proved = {};
  const auto seen = go_on(position);
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_EQ(seen->size(), 1U);
}

TEST_F(KafkaIdentityTest, GivesNoRecordBeforeTheMarksAreFound) {
  fill("second", {message("a"), message("b"), message("c")});
  StreamPosition position = position_before_c();
  const auto source = make(section(mock_.brokers(), "second"), setup());
  ASSERT_TRUE(source->open(position));
  Result<std::span<const RawRecord>> records = std::span<const RawRecord>();
  while (records && records->empty()) records = source->poll(10, std::chrono::milliseconds(10));
  ASSERT_FALSE(records);
  EXPECT_EQ(records.error().code, ErrorCode::kPositionGone);
}

TEST_F(KafkaIdentityTest, LooksAgainAfterAnErrorOfTheClient) {
  fill("second", {message("a"), message("b")});
  const auto source = make(section(mock_.brokers(), "second"), setup());
  ASSERT_TRUE(source->open({}));
  // One by one: the first is what a look would find again.
  ASSERT_EQ(read(*source, 1)->size(), 1U);
  ASSERT_EQ(read(*source, 1)->size(), 1U);
  mock_.set_down();
  while (source->facts().connected) ASSERT_TRUE(source->poll(10, std::chrono::milliseconds(20)));
  mock_.set_up();
  KafkaTool(mock_.brokers()).send("second", {message("c")});
  const auto seen = read(*source, 1);
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_EQ(*seen, (std::vector<SeenRecord>{{0, 2, "c"}}));
  StreamPosition position = position_before_c();
  source->mark(position);
  EXPECT_EQ(position.find(0)->proved.at, 1);  // c came after the question
}

TEST_F(KafkaIdentityTest, ProvesAnOlderRecordWhileNewOnesCome) {
  ManualClock manual;
  fill("second", {message("a"), message("b")});
  SourceSetup how = setup();
  how.clock = &manual;
  const auto source = make(section(mock_.brokers(), "second"), how);
  ASSERT_TRUE(source->open({}));
  StreamPosition position = position_before_c();
  const auto proved = [&] {
    EXPECT_TRUE(read(*source, 1));
    source->mark(position);
    return position.find(0)->proved.at;
  };
  EXPECT_EQ(proved(), 0);
  EXPECT_EQ(proved(), 0);  // it is too early for a second look
  manual.advance(std::chrono::seconds(6));
  const Duration end = clock_.elapsed() + std::chrono::seconds(20);
  while (position.find(0)->proved.at == 0 && clock_.elapsed() < end) {
    ASSERT_TRUE(source->poll(1, std::chrono::milliseconds(20)));
    source->mark(position);
  }
  EXPECT_EQ(position.find(0)->proved.at, 1);
}

TEST_F(KafkaIdentityTest, EndsWithoutAnAnswerWhereNoBrokerGivesOne) {
  fill("second", {message("a")});
  const auto source = make(section(mock_.brokers(), "second"), setup());
  ASSERT_TRUE(source->open({}));
  ASSERT_EQ(read(*source, 1)->size(), 1U);
  mock_.set_down();
  while (source->facts().connected) ASSERT_TRUE(source->poll(10, std::chrono::milliseconds(20)));
  EXPECT_TRUE(source->confirm(std::chrono::milliseconds(100)));
  EXPECT_THAT(lines_, HasSubstr("is checked at the next start"));
}

}  // namespace
}  // namespace gradus::test
