#include <csignal>
#include <filesystem>

#include "base/random.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A word that nothing else can hold.
std::string draw_secret(SplitMix64& random) {
  constexpr std::string_view kSigns = "abcdefghijkmnopqrstuvwxyzACDEFGHJKLMNPQRTUVWXY23456789";
  std::string secret;
  for (int i = 0; i < 20; ++i) secret += kSigns[random.next() % kSigns.size()];
  return secret;
}

std::string kafka_with(const std::string& key, const std::string& value) {
  return "log: {level: debug}\nstream:\n  source: kafka\n  kafka:\n    brokers: 127.0.0.1:1\n"
         "    topic: t\n    allow_code: true\n    options:\n      " +
         key + ": '" + value + "'\n";
}

/// A configuration whose key `key` is `value`.
std::string config_with(const std::string& key, const std::string& value) {
  constexpr std::string_view kOptions = "stream.kafka.options.";
  if (key.starts_with(kOptions)) return kafka_with(key.substr(kOptions.size()), value);
  return (key.starts_with("stream.") ? "" : "stream.source: stdin\n") + key + ": '" + value + "'\n";
}

void expect_silent(const Finished& finished, const std::string& secret, const std::string& about) {
  EXPECT_NE(finished.output + finished.errors, "") << about;
  EXPECT_THAT(finished.output, Not(HasSubstr(secret))) << about;
  EXPECT_THAT(finished.errors, Not(HasSubstr(secret))) << about;
}

TEST(Secrets, StayHiddenInEveryKeyThatCanHoldOne) {
  const TempDir folder;
  SplitMix64 random(14);
  for (const std::string key :
       {"sasl.password", "sasl.username", "ssl.key.password", "ssl.key.pem", "ssl.certificate.pem",
        "ssl.keystore.password", "ssl_key", "ssl_engine_callback_data", "sasl.oauthbearer.config",
        "sasl.oauthbearer.client.secret", "sasl.oauthbearer.extensions", "sasl.jaas.config",
        "sasl.kerberos.kinit.cmd", "sasl.pasword", "password"}) {
    const std::string secret = draw_secret(random), option = "stream.kafka.options." + key;
    const std::string file = folder.write("g.yaml", config_with(option, secret));
    expect_silent(run_gradus({"check", file}), secret, key);
    expect_silent(run_gradus({"check", folder.write("empty.yaml", "stream.source: kafka\n"),
                              "--set", option + "=" + secret}),
                  secret, key);
  }
}

TEST(Secrets, StayHiddenInAddressesWhereverTheyStand) {
  const TempDir folder;
  SplitMix64 random(15);
  for (const std::string key :
       {"stream.kafka.brokers", "stream.kafka.options.sasl.oauthbearer.token.endpoint.url",
        "stream.kafka.options.client.rack", "stream.kafka.options.isolation.level",
        "stream.kafka.topic", "stream.source", "stream.format", "stream.file.path", "ladder",
        "serve.listen", "serve.hosts", "learner.kind", "learner.seed", "checkpoint.every", "run",
        "log.level", "no_such_key", "data"})
    for (const std::string scheme : {"", "https://", "SASL_SSL://"}) {
      const std::string secret = draw_secret(random);
      const std::string address = scheme + "me:" + secret + "@host:9092";
      const std::string file = folder.write("g.yaml", config_with(key, address));
      expect_silent(run_gradus({"check", file}), secret, key + " " + address);
    }
}

TEST(Secrets, StayHiddenInAllThatARunWritesAndServes) {
  const TempDir folder;
  SplitMix64 random(16);
  const std::string user = draw_secret(random), password = draw_secret(random),
                    token = draw_secret(random);
  const std::string file = folder.write(
      "g.yaml", "run: quiet\nladder: arithmetic\nlearner: {kind: transformer}\ndata: " +
                    (folder / "data").string() + "\nserve: {listen: 127.0.0.1:0}\n" +
                    kafka_with("security.protocol", "sasl_plaintext") +
                    "      sasl.mechanism: PLAIN\n      sasl.username: " + user +
                    "\n      sasl.password: " + password + "\n      client.rack: https://me:" +
                    token + "@host/\n      debug: security,broker\n");
  ServingGradus gradus({"run", "--config", file});
  std::string all;
  for (const char* page : {"/", "/metrics", "/api/v1/progress", "/api/v1/annotations"}) {
    EXPECT_NE(gradus.body(page), "") << page;
    all += gradus.body(page);
  }
  const Finished ended = gradus.end_with(SIGTERM);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  all += ended.output + ended.errors;
  all += run_gradus({"report", folder / "data", "--format", "json"}).output;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "data"))
    all += read_file(entry.path());
  EXPECT_THAT(all, HasSubstr("quiet"));
  EXPECT_THAT(all, HasSubstr("https://***@host/"));
  for (const std::string& secret : {user, password, token})
    EXPECT_THAT(all, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace gradus::test
