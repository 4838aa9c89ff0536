#include "ingest/kafka_writer.h"

#include <gmock/gmock.h>

#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_mock.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KafkaWriterTest : public KafkaFixture {
 protected:
  Result<std::unique_ptr<KafkaWriter>> open(const std::string& topic, int partitions) {
    Options options("stream.kafka");
    options.set("brokers", mock_.brokers(), "--brokers");
    options.set("topic", topic, "--topic");
    return KafkaWriter::open(options, partitions, log_);
  }

  KafkaMock mock_;
};

TEST_F(KafkaWriterTest, PutsRecordIInPartitionIModuloTheirNumber) {
  mock_.create_topic("examples", 3);
  auto writer = open("examples", 3);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE((*writer)->write(std::to_string(i)).has_value());
  }
  ASSERT_TRUE((*writer)->flush(std::chrono::seconds(20)).has_value());
  EXPECT_EQ((*writer)->delivered(), 10U);
  EXPECT_EQ((*writer)->failed(), 0U);
  for (const KafkaMessage& message : KafkaTool(mock_.brokers()).read("examples", 3)) {
    const int i = message.partition + 3 * static_cast<int>(message.offset);
    EXPECT_EQ(message.value, std::to_string(i));
    EXPECT_EQ(message.key, std::nullopt);
  }
}

TEST_F(KafkaWriterTest, TellsWhereAPartitionEnds) {
  mock_.create_topic("examples", 2);
  const auto writer = open("examples", 2);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  EXPECT_EQ((*writer)->end_of(1), 0);
  for (int i = 0; i < 7; ++i) ASSERT_TRUE((*writer)->write("x").has_value());
  ASSERT_TRUE((*writer)->flush(std::chrono::seconds(20)).has_value());
  EXPECT_EQ((*writer)->end_of(0), 4);
  EXPECT_EQ((*writer)->end_of(1), 3);
}

TEST_F(KafkaWriterTest, TakesAsManyPartitionsAsTheTopicHas) {
  mock_.create_topic("examples", 5);
  const auto writer = open("examples", 0);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  EXPECT_EQ((*writer)->partitions(), 5);
}

TEST_F(KafkaWriterTest, RefusesATopicWithAnotherNumberOfPartitions) {
  mock_.create_topic("examples", 5);
  const auto writer = open("examples", 2);
  ASSERT_FALSE(writer.has_value());
  EXPECT_EQ(writer.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(writer.error().message, AllOf(HasSubstr("examples"), HasSubstr("5 partitions")));
}

TEST_F(KafkaWriterTest, GoesOnWhereItsQueueWasFull) {
  mock_.create_topic("examples", 1);
  Options options =
      section(mock_.brokers(), "examples", {{"options.queue.buffering.max.messages", "10"}});
  auto writer = KafkaWriter::open(options, 0, log_);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE((*writer)->write(std::to_string(i)).has_value()) << i;
  }
  ASSERT_TRUE((*writer)->flush(std::chrono::seconds(20)).has_value());
  EXPECT_EQ((*writer)->delivered(), 100U);
  const auto messages = KafkaTool(mock_.brokers()).read("examples");
  ASSERT_EQ(messages.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(messages[i].value, std::to_string(i));
}

TEST_F(KafkaWriterTest, SaysWhatIsNotDeliveredYetWhileNoBrokerAnswers) {
  mock_.create_topic("examples", 1);
  auto writer = open("examples", 1);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  mock_.set_down();
  ASSERT_TRUE((*writer)->write("a").has_value());
  const auto flushed = (*writer)->flush(std::chrono::milliseconds(100));
  ASSERT_FALSE(flushed.has_value());
  EXPECT_EQ(flushed.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(flushed.error().message, HasSubstr("1 records"));
}

TEST_F(KafkaWriterTest, WritesAnEmptyValueAndNoTombstone) {
  mock_.create_topic("examples", 1);
  auto writer = open("examples", 1);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  ASSERT_TRUE((*writer)->write({}).has_value());
  ASSERT_TRUE((*writer)->flush(std::chrono::seconds(20)).has_value());
  const auto messages = KafkaTool(mock_.brokers()).read("examples");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].value, "");
  EXPECT_EQ(messages[0].key, std::nullopt);
}

}  // namespace
}  // namespace gradus::test
