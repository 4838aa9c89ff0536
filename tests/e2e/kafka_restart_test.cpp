#include <csignal>

#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/kafka_run_fixture.h"
#include "tests/e2e/records.h"

namespace gradus::test {
namespace {

using nlohmann::json;

using KafkaRestart = KafkaRunFixture<KafkaBroker>;

TEST_F(KafkaRestart, WaitsForABrokerThatRestartsAndGoesOn) {
  const auto records = attribute_records(20'000, 2);
  send({records.begin(), records.begin() + 10'000});
  write_config(kLinear);
  ServingGradus run(endless("data"));
  ASSERT_TRUE(eventually([&] { return run.step() == 10'000; }));
  ASSERT_TRUE(eventually([&] { return run.status("/readyz") == 200; }));

  broker_.stop();
  EXPECT_TRUE(eventually([&] { return run.status("/readyz") == 503; }));
  EXPECT_EQ(run_gradus({"healthcheck", run.url()}).code, 1);
  EXPECT_EQ(run.status("/healthz"), 200U);
  broker_.start();
  EXPECT_TRUE(eventually([&] { return run.status("/readyz") == 200; }));
  send({records.begin() + 10'000, records.end()});
  EXPECT_TRUE(eventually([&] { return run.step() == 20'000; }));
  const Finished ended = run.end_with(SIGTERM);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary_of("data").at("examples"), 20'000);
  EXPECT_EQ(summary_of("data").at("position"), json({{"0", 20'000}}));
}

TEST_F(KafkaRestart, EndsWithinSecondsWhileTheBrokerIsAwayAndGoesOnWhereItStood) {
  const auto records = attribute_records(20'000, 6);
  send({records.begin(), records.begin() + 10'000});
  write_config(kLinear);
  {
    ServingGradus run(endless("data"));
    ASSERT_TRUE(eventually([&] { return run.step() == 10'000; }));
    broker_.stop();
    const auto before = std::chrono::steady_clock::now();
    const Finished ended = run.end_with(SIGTERM);
    EXPECT_EQ(ended.code, 0) << ended.errors;
    // About 2 s; what librdkafka would wait by itself is a minute.
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(20));
    EXPECT_EQ(summary_of("data").at("position"), json({{"0", 10'000}}));
  }
  broker_.start();
  send({records.begin() + 10'000, records.end()});
  ASSERT_EQ(run_gradus(until_end("data")).code, 0);
  EXPECT_EQ(summary_of("data").at("position"), json({{"0", 20'000}}));
  EXPECT_EQ(read_checkpoint(folder_ / "data").sums.examples, 20'000U);
}

TEST_F(KafkaRestart, DemoStopsWhileTheBrokerIsAway) {
  ServingGradus demo(
      {"demo", "arithmetic", "--brokers", broker_.brokers(), "--listen", "127.0.0.1:0"});
  ASSERT_TRUE(eventually([&] { return demo.step() > 1000; }));
  broker_.stop();
  // What was read ahead is learned first: little at a demo's own pace.
  ASSERT_TRUE(eventually([&] { return demo.status("/readyz") == 503; }, std::chrono::minutes(2)));
  EXPECT_EQ(demo.end_with(SIGTERM).code, 0);
}

}  // namespace
}  // namespace gradus::test
