#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>

#include "tests/ingest/kafka_fixture.h"
#include "tests/support/kafka_mock.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KafkaOutage : public KafkaFixture {
 protected:
  KafkaOutage() { mock_.create_topic("examples", 1); }

  /// Polls until `done` or 20 s passed; records that come are added to `seen_`.
  template <typename Predicate>
  bool poll_until(Source& source, Predicate done) {
    const Duration deadline = clock_.elapsed() + std::chrono::seconds(20);
    while (!done() && clock_.elapsed() < deadline) {
      const auto records = source.poll(100, std::chrono::milliseconds(20));
      if (!records) {
        ADD_FAILURE() << records.error().message;
        return false;
      }
      for (const RawRecord& record : *records) seen_.push_back(record.offset);
    }
    return done();
  }

  std::vector<std::int64_t> offsets(int n) const {
    std::vector<std::int64_t> all;
    for (int i = 0; i < n; ++i) all.push_back(i);
    return all;
  }

  KafkaMock mock_;
  std::vector<std::int64_t> seen_;
};

TEST_F(KafkaOutage, OpenDoesNotWaitForBrokersThatDoNotAnswer) {
  mock_.set_down();
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  const auto opened = source->open({});
  EXPECT_TRUE(opened.has_value()) << opened.error().message;
  EXPECT_FALSE(source->facts().connected);
  EXPECT_THAT(lines_, HasSubstr("trying on"));
}

TEST_F(KafkaOutage, ReadsOnceTheBrokersAnswer) {
  KafkaTool(mock_.brokers()).send("examples", messages_of(counted_values(20)));
  mock_.set_down();
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  mock_.set_up();
  EXPECT_TRUE(poll_until(*source, [&] { return seen_.size() == 20; }));
  EXPECT_EQ(seen_, offsets(20));
  EXPECT_TRUE(source->facts().connected);
}

TEST_F(KafkaOutage, ReadsOnceTheTopicHasALeader) {
  KafkaTool(mock_.brokers()).send("examples", messages_of(counted_values(20)));
  mock_.set_topic_error("examples", RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE);
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  EXPECT_FALSE(source->facts().connected);
  mock_.set_topic_error("examples", RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_TRUE(poll_until(*source, [&] { return seen_.size() == 20; }));
  EXPECT_EQ(seen_, offsets(20));
}

TEST_F(KafkaOutage, IsNotConnectedWhileNoBrokerAnswersAndAgainAfterwards) {
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_TRUE(source->facts().connected);
  mock_.set_down();
  EXPECT_TRUE(poll_until(*source, [&] { return !source->facts().connected; }));
  EXPECT_EQ(source->facts().brokers_up, 0);
  EXPECT_GE(source->facts().client_errors.at("_TRANSPORT"), 1U);
  mock_.set_up();
  // No record tells it: the topic stays empty.
  EXPECT_TRUE(poll_until(*source, [&] { return source->facts().connected; }));
}

TEST_F(KafkaOutage, LosesAndRepeatsNothing) {
  const KafkaTool tool(mock_.brokers());
  tool.send("examples", messages_of(counted_values(500)));
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_TRUE(poll_until(*source, [&] { return seen_.size() >= 100; }));
  mock_.set_down();
  ASSERT_TRUE(poll_until(*source, [&] { return !source->facts().connected; }));
  mock_.set_up();
  tool.send("examples", messages_of(counted_values(500)));
  EXPECT_TRUE(poll_until(*source, [&] { return seen_.size() >= 1000; }));
  EXPECT_EQ(seen_, offsets(1000));
}

TEST_F(KafkaOutage, GetsOverErrorsThatPass) {
  KafkaTool(mock_.brokers()).send("examples", messages_of(counted_values(300)));
  mock_.push_errors(kFetchApi,
                    {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                     RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT});
  const auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  EXPECT_TRUE(poll_until(*source, [&] { return seen_.size() >= 300; }));
  EXPECT_EQ(seen_, offsets(300));
}

TEST_F(KafkaOutage, ClosesWhileNoBrokerAnswers) {
  auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  mock_.set_down();
  ASSERT_TRUE(poll_until(*source, [&] { return !source->facts().connected; }));
  source.reset();
  EXPECT_FALSE(lines_.empty());
}

// The commit is under way when the broker goes, which the client does not know yet.
TEST_F(KafkaOutage, ClosesInTimeWithACommitThatNoBrokerTakes) {
  KafkaTool(mock_.brokers()).send("examples", messages_of(counted_values(20)));
  auto source = make(section(mock_.brokers(), "examples"), setup());
  ASSERT_TRUE(source->open({}).has_value());
  ASSERT_TRUE(poll_until(*source, [&] { return seen_.size() == 20; }));
  mock_.set_down();
  source->commit(position("examples", {{.partition = 0, .next = 20}}));
  const Duration before = clock_.elapsed();
  source.reset();
  // Unbounded it takes librdkafka's socket.timeout.ms, a minute.
  EXPECT_LT(clock_.elapsed() - before, std::chrono::seconds(30));
  EXPECT_THAT(lines_, HasSubstr("no broker took the last offset for lag tools within 2 s"));
}

// Every property that librdkafka marks as sensitive and takes as text, each with a value of its own
// that must not come out anywhere: neither where it is refused nor where brokers fail.
TEST_F(KafkaOutage, ShowsNoSecretInAnyLineOrMessage) {
  const std::map<std::string, std::string> secrets = {
      {"options.security.protocol", "sasl_plaintext"},
      {"options.sasl.mechanism", "PLAIN"},
      {"options.debug", "all"},
      {"options.sasl.username", "canary-username"},
      {"options.sasl.password", "canary-password"},
      {"options.ssl.key.password", "canary-key-password"},
      {"options.ssl.keystore.password", "canary-keystore-password"},
      {"options.sasl.oauthbearer.config", "principal=canary-principal"},
  };
  std::string messages;
  {
    const auto source = make(section(mock_.brokers(), "examples", secrets), setup());
    const auto opened = source->open({});
    if (!opened) messages += opened.error().message;
    for (int i = 0; i < 3; ++i) {
      const auto records = source->poll(10, std::chrono::milliseconds(20));
      if (!records) messages += records.error().message;
    }
  }
  // Keys in clear: librdkafka reads them when the client is made and refuses them.
  for (const char* key : {"options.ssl.key.pem", "options.ssl.certificate.pem"}) {
    const auto source =
        make(section(mock_.brokers(), "examples",
                     {{"options.security.protocol", "ssl"}, {key, "-----BEGIN canary-pem-----"}}),
             setup());
    const auto opened = source->open({});
    if (!opened) messages += opened.error().message;
  }
  EXPECT_THAT(lines_, Not(HasSubstr("canary")));
  EXPECT_THAT(messages, Not(HasSubstr("canary")));
  EXPECT_NE(lines_ + messages, "");
}

}  // namespace
}  // namespace gradus::test
