#include "ingest/kafka_secrets.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

class SecretKey : public ::testing::TestWithParam<const char*> {};
TEST_P(SecretKey, IsHidden) { EXPECT_TRUE(is_secret_key(GetParam())); }
// Those that librdkafka 2.0.2 marks as sensitive, and what is as good as a password.
INSTANTIATE_TEST_SUITE_P(All, SecretKey,
                         ::testing::Values("sasl.password", "sasl.username", "ssl.key.password",
                                           "ssl.key.pem", "ssl.certificate.pem",
                                           "ssl.keystore.password", "sasl.oauthbearer.config",
                                           "sasl.oauthbearer.client.secret", "sasl.jaas.config",
                                           "sasl.kerberos.kinit.cmd", "sasl.oauthbearer.extensions",
                                           "options.sasl.password",
                                           "stream.kafka.options.ssl.key.pem"));

class PlainKey : public ::testing::TestWithParam<const char*> {};
TEST_P(PlainKey, IsShown) { EXPECT_FALSE(is_secret_key(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, PlainKey,
                         ::testing::Values("brokers", "topic", "security.protocol",
                                           "sasl.mechanism", "ssl.ca.location", "",
                                           "options.sasl.password_file"));

}  // namespace
}  // namespace gradus
