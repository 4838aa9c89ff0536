#include "run/config.h"

#include <cstdlib>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

Result<Config> parse(std::string_view yaml, const Overrides& overrides = {}) {
  return parse_config(yaml, "gradus.yaml", "/etc/gradus", overrides);
}

TEST(Config, HasDefaultsForEverythingButTheStream) {
  const auto config = parse("stream: {source: stdin}\n");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(config->listen, "127.0.0.1:9630");
  EXPECT_EQ(config->learner, "linear");
  EXPECT_EQ(config->ingest.on_error, OnError::kFail);
  EXPECT_DOUBLE_EQ(config->checkpoint_every, 60);
  EXPECT_DOUBLE_EQ(config->false_alarms_per_run, 0.05);
}

TEST(Config, ReadsTheDocumentedExample) {
  const auto config = parse(R"(run: fraud-eu
stream:
  source: kafka
  kafka: {brokers: "localhost:9092", topic: examples, options: {ssl.ca.location: /etc/ca.pem}}
  format: json
  on_error: dead_letter
learner: {kind: linear, bits: 18}
ladder: ./fraud.ladder.yaml
probes: {per_doubling: 40, cpu_share: 0.05}
progress: {false_alarms_per_run: 0.05, planned_probes: 400}
checkpoint: {every: 60s}
serve: {listen: 127.0.0.1:9630}
data: ./gradus-data
)");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(config->run, "fraud-eu");
  EXPECT_EQ(config->ladder, "/etc/gradus/fraud.ladder.yaml");
  EXPECT_EQ(config->ingest.on_error, OnError::kDeadLetter);
  Config read = *config;
  EXPECT_EQ(read.source_options.text("options.ssl.ca.location", ""), "/etc/ca.pem");
  EXPECT_EQ(read.learner_options.integer("bits", 0, 0, 30), 18);
}

TEST(Config, LaterOverridesWin) {
  const auto config =
      parse("stream: {source: stdin}\nrun: a\n", {"run=b", "run=c", "learner.kind=transformer"});
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(config->run, "c");
  EXPECT_EQ(config->learner, "transformer");
}

struct BadConfig {
  const char* yaml;
  std::vector<std::string> says;
};
std::ostream& operator<<(std::ostream& out, const BadConfig& bad) { return out << bad.yaml; }

class ConfigRefuses : public testing::TestWithParam<BadConfig> {};

TEST_P(ConfigRefuses, WithOneLineThatSaysWhereAndWhat) {
  const auto config = parse(GetParam().yaml);
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().code, ErrorCode::kBadConfig);
  EXPECT_EQ(config.error().message.find('\n'), std::string::npos) << config.error().message;
  for (const std::string& part : GetParam().says)
    EXPECT_THAT(config.error().message, testing::HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(
    Lines, ConfigRefuses,
    testing::Values(
        BadConfig{"run: a\nstrem: {source: stdin}\n", {"gradus.yaml:2", "strem", "stream"}},
        BadConfig{"run: a\nstream:\n  sorce: stdin\n", {"gradus.yaml:3", "sorce", "source"}},
        BadConfig{"stream: {source: carrier-pigeon}\n",
                  {"gradus.yaml:1", "source", "carrier-pigeon", "kafka"}},
        BadConfig{"probes: {cpu_share: much}\n", {"gradus.yaml:1", "cpu_share", "much"}},
        BadConfig{"probes:\n  cpu_share: 2\n", {"gradus.yaml:2", "cpu_share", "2"}},
        BadConfig{"probes: {per_doubling: .nan}\n", {"gradus.yaml:1", "per_doubling"}},
        BadConfig{"checkpoint: {every: soon}\n", {"gradus.yaml:1", "every", "soon"}},
        BadConfig{"learner: linear\n", {"gradus.yaml:1", "learner", "section"}},
        BadConfig{"learner: {kind: perceptron}\n",
                  {"gradus.yaml:1", "kind", "perceptron", "linear"}},
        BadConfig{"run: a\nserve:\n  listen: 127.0.0.1\n",
                  {"gradus.yaml:3: serve.listen", "HOST:PORT"}},
        BadConfig{"serve: {listen: '127.0.0.1:99999'}\n", {"gradus.yaml:1: serve.listen", "99999"}},
        BadConfig{"run: a\nstream:\n  on_error: skip\n",
                  {"gradus.yaml:2: stream.source: missing; one of file, generate, kafka, stdin"}},
        BadConfig{"run: a\n", {"gradus.yaml: stream.source: missing"}},
        BadConfig{"run: a\ndata: x\nrun: b\n",
                  {"gradus.yaml:3: run: given twice, first in line 1"}},
        BadConfig{"stream:\n  source: stdin\n  file:\n    pth: a\n",
                  {"gradus.yaml:4: stream.file.pth: unknown key; did you mean path?"}},
        BadConfig{"stream:\n  source: file\n  path: a\n",
                  {"gradus.yaml:3: stream.path: unknown key; did you mean stream.file.path?"}},
        BadConfig{"stream: {source: stdin, kafak: {brokers: a}}\n",
                  {"stream.kafak.brokers: unknown key; did you mean stream.kafka.brokers?"}},
        BadConfig{"stream: {source: stdin}\nfile: {path: a}\n",
                  {"gradus.yaml:2: file.path: unknown key; did you mean stream.file.path?"}},
        BadConfig{"run: a\nstreem: {}\n",
                  {"gradus.yaml:2: streem: unknown key; did you mean stream?"}},
        BadConfig{"seed: 1\n", {"did you mean stream.generate.seed or learner.seed?"}},
        BadConfig{"probes: {every: 60s}\n",
                  {"probes.every: unknown key; did you mean checkpoint.every?"}},
        BadConfig{"stream: {source: stdin, kafka: {topik: a}}\n", {"stream.kafka.topik", "topic"}},
        BadConfig{"run: ''\n", {"gradus.yaml:1: run: '' must be a name"}},
        BadConfig{"- a\n- b\n", {"map"}}, BadConfig{"run: [a\n", {"gradus.yaml", "YAML"}},
        BadConfig{"run: ${GRADUS_NOT_SET}\n", {"gradus.yaml:1", "GRADUS_NOT_SET"}},
        BadConfig{"run: ${GRADUS\n", {"gradus.yaml:1", "without '}'"}}));

TEST(Config, TakesValuesFromTheEnvironment) {
  ::setenv("GRADUS_TEST_RUN", "from-env", 1);
  EXPECT_EQ(parse("stream: {source: stdin}\nrun: a-${GRADUS_TEST_RUN}-b\n")->run, "a-from-env-b");
}

TEST(Config, PrintsEveryKeyAndHidesSecrets) {
  const test::TempDir folder;
  const auto file = folder.write("g.yaml",
                                 "run: a\nstream: {source: kafka, kafka: {brokers: b, topic: t, "
                                 "options: {sasl.password: canary}}}\n");
  const std::string printed = print_config(*load_config(file, {}));
  EXPECT_THAT(printed, testing::HasSubstr("stream.kafka.topic: t"));
  EXPECT_THAT(printed, testing::HasSubstr("stream.kafka.options.sasl.password: (hidden)"));
  EXPECT_THAT(printed, testing::Not(testing::HasSubstr("canary")));
}

TEST(Config, SaysWhichFileIsMissing) {
  const auto config = load_config("/nonexistent/gradus.yaml", {});
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(config.error().message, testing::HasSubstr("/nonexistent/gradus.yaml"));
}

}  // namespace
}  // namespace gradus
