#include "ingest/sources/kafka_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Options section(const std::vector<std::pair<std::string, std::string>>& entries) {
  Options options("stream.kafka");
  options.set("brokers", "localhost:9092", "gradus.yaml:1");
  options.set("topic", "examples", "gradus.yaml:2");
  int line = 3;
  for (const auto& [key, value] : entries) {
    options.set(key, value, "gradus.yaml:" + std::to_string(line++));
  }
  return options;
}

std::string refusal(const std::vector<std::pair<std::string, std::string>>& entries) {
  Options options = section(entries);
  const auto settings = read_kafka_settings(options);
  if (settings) return "accepted";
  EXPECT_EQ(settings.error().code, ErrorCode::kBadConfig);
  return settings.error().message;
}

TEST(KafkaSettings, ReadBrokersTopicAndDefaults) {
  Options options = section({});
  const auto settings = read_kafka_settings(options);
  ASSERT_TRUE(settings.has_value()) << settings.error().message;
  EXPECT_EQ(settings->brokers, "localhost:9092");
  EXPECT_EQ(settings->topic, "examples");
  EXPECT_EQ(settings->dead_letter_topic, "examples.dead");
  EXPECT_EQ(settings->missing_offsets, MissingOffsets::kFail);
  EXPECT_TRUE(settings->options.empty());
}

TEST(KafkaSettings, PassOptionsOnUnchanged) {
  Options options = section({{"options.client.rack", "a"}, {"options.fetch.max.bytes", "1000000"}});
  const auto settings = read_kafka_settings(options);
  ASSERT_TRUE(settings.has_value()) << settings.error().message;
  ASSERT_EQ(settings->options.size(), 2U);
  EXPECT_EQ(settings->options[0].key, "client.rack");
  EXPECT_EQ(settings->options[0].value, "a");
}

TEST(KafkaSettings, CanBeReadTwiceFromOneSection) {
  Options options = section({{"dead_letter_topic", "bad"}, {"options.client.rack", "a"}});
  ASSERT_TRUE(read_kafka_settings(options).has_value());
  const auto again = read_kafka_settings(options);
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->dead_letter_topic, "bad");
}

TEST(KafkaSettings, RefuseMissingBrokersAndTopicByName) {
  Options empty("stream.kafka");
  EXPECT_THAT(read_kafka_settings(empty).error().message, HasSubstr("stream.kafka.brokers"));
  Options no_topic("stream.kafka");
  no_topic.set("brokers", "localhost:9092", "gradus.yaml:1");
  EXPECT_THAT(read_kafka_settings(no_topic).error().message, HasSubstr("stream.kafka.topic"));
}

TEST(KafkaSettings, RefuseUnknownKeyWithPlaceAndNearestName) {
  EXPECT_THAT(refusal({{"missing_offset", "skip"}}),
              AllOf(HasSubstr("gradus.yaml:3"), HasSubstr("missing_offsets")));
}

TEST(KafkaSettings, RefuseUnknownPropertyWithPlaceAndNearestName) {
  EXPECT_THAT(refusal({{"options.fetch.max.byte", "1"}}),
              AllOf(HasSubstr("gradus.yaml:3: stream.kafka.options.fetch.max.byte"),
                    HasSubstr("did you mean fetch.max.bytes?")));
}

TEST(KafkaSettings, RefuseBadPropertyValueWithPlace) {
  EXPECT_THAT(refusal({{"options.isolation.level", "dirty"}}),
              AllOf(HasSubstr("gradus.yaml:3"), HasSubstr("dirty")));
}

class OwnedProperty : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(OwnedProperty, IsRefusedNamingWhatToSetInstead) {
  EXPECT_THAT(refusal({{std::string("options.") + GetParam().first, "true"}}),
              AllOf(HasSubstr(GetParam().first), HasSubstr(GetParam().second)));
}
INSTANTIATE_TEST_SUITE_P(
    All, OwnedProperty,
    ::testing::Values(std::pair("bootstrap.servers", "set brokers"),
                      std::pair("metadata.broker.list", "set brokers"),
                      std::pair("group.id", "set run"),
                      std::pair("auto.offset.reset", "set missing_offsets"),
                      std::pair("enable.auto.commit", "offsets live in the checkpoint"),
                      std::pair("enable.auto.offset.store", "offsets live in the checkpoint"),
                      std::pair("enable.partition.eof", "--until-end"),
                      std::pair("transactional.id", "no transactions")));

TEST(KafkaSettings, RefuseTlsWithoutVerification) {
  EXPECT_THAT(refusal({{"options.enable.ssl.certificate.verification", "false"}}),
              HasSubstr("allow_insecure_tls: true"));
  EXPECT_THAT(refusal({{"options.ssl.endpoint.identification.algorithm", "none"}}),
              HasSubstr("allow_insecure_tls: true"));
}

TEST(KafkaSettings, AllowTlsWithoutVerificationWhenDeclared) {
  EXPECT_EQ(refusal({{"allow_insecure_tls", "true"},
                     {"options.enable.ssl.certificate.verification", "false"}}),
            "accepted");
}

class CodeBearingProperty : public ::testing::TestWithParam<const char*> {};
TEST_P(CodeBearingProperty, IsRefusedUnlessItIsAllowed) {
  const std::string option = std::string("options.") + GetParam();
  EXPECT_THAT(refusal({{option, "/no/such/file"}}),
              AllOf(HasSubstr("gradus.yaml:3: stream.kafka." + option),
                    HasSubstr("allow_code: true accepts that")));
  // To try the value would load it: where the file is missing, librdkafka would say so.
  EXPECT_EQ(refusal({{"allow_code", "true"}, {option, "/no/such/file"}}), "accepted");
}
INSTANTIATE_TEST_SUITE_P(All, CodeBearingProperty,
                         ::testing::Values("plugin.library.paths", "sasl.kerberos.kinit.cmd",
                                           "ssl.engine.id", "ssl.engine.location",
                                           "ssl.providers"));

// librdkafka puts both into the command that it gives to a shell.
TEST(KafkaSettings, RefuseShellTextForKerberos) {
  for (const std::string key :
       {"options.sasl.kerberos.principal", "options.sasl.kerberos.keytab"}) {
    for (const char* text : {"x; touch /tmp/y", "$(id)", "`id`", "a b", "a|b", "a\"b", "-X"})
      EXPECT_THAT(refusal({{key, text}}), HasSubstr("allow_code: true")) << text;
    EXPECT_EQ(refusal({{key, "/etc/kafka/gradus-1@REALM.example"}}), "accepted");
    EXPECT_EQ(refusal({{"allow_code", "true"}, {key, "a b"}}), "accepted");
  }
}

TEST(KafkaSettings, RefuseAPasswordInTheBrokersWithoutShowingIt) {
  EXPECT_THAT(refusal({{"brokers", "me:canary@host:9092"}}),
              AllOf(HasSubstr("gradus.yaml:3: stream.kafka.brokers"),
                    HasSubstr("options.sasl.password_file"), Not(HasSubstr("canary"))));
}

TEST(KafkaSettings, TakeASecretFromItsFileWithoutTheLineBreak) {
  const test::TempDir directory;
  const auto file = directory.write("password", "canary-4711\n");
  Options options = section({{"options.sasl.password_file", file.string()}});
  const auto settings = read_kafka_settings(options);
  ASSERT_TRUE(settings.has_value()) << settings.error().message;
  ASSERT_EQ(settings->options.size(), 1U);
  EXPECT_EQ(settings->options[0].key, "sasl.password");
  EXPECT_EQ(settings->options[0].value, "canary-4711");
}

TEST(KafkaSettings, NameASecretFileThatCannotBeRead) {
  Options options = section({{"options.sasl.password_file", "/no/such/file"}});
  const auto settings = read_kafka_settings(options);
  ASSERT_FALSE(settings.has_value());
  EXPECT_EQ(settings.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(settings.error().message,
              AllOf(HasSubstr("gradus.yaml:3"), HasSubstr("/no/such/file")));
}

TEST(KafkaSettings, ScrubSecretsFromAnyText) {
  Options options = section({{"options.sasl.password", "canary-1"},
                             {"options.sasl.username", "canary-2"},
                             {"options.client.rack", "rack-7"}});
  const auto settings = read_kafka_settings(options);
  ASSERT_TRUE(settings.has_value()) << settings.error().message;
  EXPECT_EQ(settings->scrubbed("canary-2 with canary-1 from canary-1 at rack-7"),
            "*** with *** from *** at rack-7");
}

TEST(KafkaSettings, NeverShowASecretInARefusal) {
  EXPECT_THAT(refusal({{"options.ssl.key.password", "canary-1"}, {"options.group_id", "x"}}),
              Not(HasSubstr("canary")));
  // Not to be had in this build of librdkafka, so the value is refused.
  EXPECT_THAT(refusal({{"options.sasl.oauthbearer.client.secret", "canary-2"}}),
              AllOf(HasSubstr("sasl.oauthbearer.client.secret"), Not(HasSubstr("canary"))));
}

TEST(KafkaSettings, WarnOfPrefetchLimitsThatMakeFetchingStutter) {
  const SystemClock clock;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  Options small = section({{"options.queued.min.messages", "1000"}});
  warn_of_small_prefetch(*read_kafka_settings(small), log);
  EXPECT_THAT(lines, AllOf(HasSubstr("queued.min.messages"), HasSubstr("1000")));
}

TEST(KafkaSettings, DoNotWarnOfLargePrefetchLimits) {
  const SystemClock clock;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  Options large = section({{"options.queued.min.messages", "200000"}});
  warn_of_small_prefetch(*read_kafka_settings(large), log);
  EXPECT_EQ(lines, "");
}

TEST(KafkaProperties, TellWhoseAPropertyIs) {
  const KafkaProperties properties;
  ASSERT_NE(properties.find("linger.ms"), nullptr);
  EXPECT_FALSE(properties.find("linger.ms")->for_role(KafkaRole::kConsumer));
  EXPECT_TRUE(properties.find("linger.ms")->for_role(KafkaRole::kProducer));
  EXPECT_TRUE(properties.find("check.crcs")->for_role(KafkaRole::kConsumer));
  EXPECT_TRUE(properties.find("sasl.password")->for_role(KafkaRole::kConsumer));
  EXPECT_TRUE(properties.find("sasl.password")->for_role(KafkaRole::kProducer));
  EXPECT_EQ(properties.find("no.such.property"), nullptr);
}

}  // namespace
}  // namespace gradus
