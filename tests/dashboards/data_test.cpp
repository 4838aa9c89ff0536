// Every expression of the dashboards has an answer, from a real run on a real topic.
#include <csignal>
#include <cstdlib>

#include "serve/http_client.h"
#include "tests/dashboards/dashboard.h"
#include "tests/dashboards/placeholders.h"
#include "tests/e2e/gradus.h"
#include "tests/e2e/prometheus.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_tool.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using std::chrono::minutes;
using ::testing::IsEmpty;

bool is_number(const json& sample) {
  return !std::isnan(std::strtod(sample.at(1).get<std::string>().c_str(), nullptr));
}

/// A run on the arithmetic ladder whose topic has all that the dashboards show: an endless stream
/// of questions, bad records, a tombstone.
class Shown : public ::testing::Test {
 protected:
  static constexpr const char* kTopic = "questions";

  void SetUp() override {
    tool().create_topic(kTopic, 1);
    folder_.write("gradus.yaml", "run: shown\nstream:\n  source: kafka\n  kafka: {brokers: \"" +
                                     broker_.brokers() + "\", topic: " + kTopic +
                                     "}\n  on_error: dead_letter\n"
                                     "  max_consecutive_errors: 1000000\n"
                                     "learner: {kind: transformer}\nladder: arithmetic\n"
                                     "probes: {cpu_share: 0.5}\ncheckpoint: {every: 1s}\n");
  }

  KafkaTool tool() const { return KafkaTool(broker_.brokers()); }
  std::vector<std::string> to_topic(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"produce",         "--ladder", "arithmetic", "--brokers",
                                          broker_.brokers(), "--topic",  kTopic};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  std::vector<std::string> run() const {
    return {"run",
            "--config",
            folder_ / "gradus.yaml",
            "--set",
            "data=" + (folder_ / "data").string(),
            "--listen",
            "127.0.0.1:0"};
  }
  void send_bad_records() const {
    std::vector<KafkaMessage> messages = messages_of(std::vector<std::string>(3000, "{"));
    messages.front().value.reset();
    tool().send(kTopic, messages);
  }
  /// Long enough for the errors of the client to be scraped twice.
  void restart_broker(const ServingGradus& gradus) {
    broker_.stop();
    EXPECT_TRUE(eventually([&] { return gradus.metric("gradus_ingest_client_errors_total") > 1; }));
    broker_.start();
  }

  const TempDir folder_;
  KafkaBroker broker_;
};

/// The places whose expression has no number.
std::vector<std::string> without_data(const Prometheus& prometheus) {
  std::vector<std::string> places;
  for (const Dashboard& dashboard : dashboards()) {
    for (const Asked& asked : expressions_of(dashboard)) {
      const std::string expression = with_placeholders(asked.expression);
      const json series = asked.kind == Asked::Kind::kNow
                              ? prometheus.query(expression)
                              : prometheus.query_over(expression, minutes(3));
      const bool some = std::any_of(series.begin(), series.end(), [](const json& one) {
        const json samples = one.value("values", json::array({one.value("value", json())}));
        return std::any_of(samples.begin(), samples.end(), is_number);
      });
      if (!some) places.push_back(asked.place + ": " + expression);
    }
  }
  return places;
}

TEST_F(Shown, HasDataForEveryExpression) {
  ServingGradus gradus(run());
  const Prometheus prometheus(gradus.address(), {"dashboards/prometheus/gradus.rules.demo.yml",
                                                 "dashboards/prometheus/gradus.alerts.demo.yml"});
  // Slow enough for a scrape before the first task is mastered and one after it and for
  // probes enough to foretell from, which are too few beside busy tests; long enough for tasks to
  // learn and for forecasts to come true or not, one doubling of the examples later.
  const Finished produced =
      run_gradus(to_topic({"--count", "300000", "--seed", "1", "--rate", "6000"}));
  ASSERT_EQ(produced.code, 0) << produced.errors;
  EXPECT_TRUE(eventually(
      [&] { return gradus.metric("gradus_progress_verdict", "verdict=\"mastered\"") > 0; },
      minutes(2)));
  restart_broker(gradus);
  Process stream(gradus_command(to_topic({"--rate", "300", "--seed", "2"})));
  send_bad_records();
  const auto declared = post_json(gradus.url() + "/api/v1/annotations", R"({"text": "here"})");
  ASSERT_TRUE(declared);
  EXPECT_EQ(declared->status, 201U);
  EXPECT_TRUE(eventually([&] {
    return !prometheus.query("ALERTS{alertname=\"GradusDeadLettersRising\",alertstate=\"firing\"}")
                .empty();
  }));
  std::vector<std::string> missing;
  EXPECT_TRUE(eventually([&] { return (missing = without_data(prometheus)).empty(); }));
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_EQ(gradus.end_with(SIGTERM).code, 0);
}

}  // namespace
}  // namespace gradus::test
