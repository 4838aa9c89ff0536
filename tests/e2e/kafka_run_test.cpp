#include <csignal>
#include <nlohmann/json.hpp>
#include <utility>

#include "learner/checkpoint_body.h"
#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/kafka_run_fixture.h"
#include "tests/e2e/kills.h"
#include "tests/e2e/records.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

using KafkaRun = KafkaRunFixture<SharedBroker>;

TEST_F(KafkaRun, LearnsEveryRecordOnceThroughTwentyKills) {
  constexpr std::size_t kRecords = 200'000;
  send(attribute_records(kRecords, 1));
  write_config(kLinear);
  const Finished unbroken = run_gradus(until_end("unbroken"));
  ASSERT_EQ(unbroken.code, 0) << unbroken.errors;
  EXPECT_EQ(summary_of("unbroken").at("examples"), kRecords);
  EXPECT_GT(summary_of("unbroken").at("accuracy"), 0.9);

  const auto steps = end_after_kills({.arguments = until_end("killed"),
                                      .data = folder_ / "killed",
                                      .records = kRecords,
                                      .unbroken_seconds = summary_of("unbroken").at("seconds"),
                                      .seed = 20},
                                     20);
  EXPECT_GT(steps.size(), 5U);  // the kills fell on different steps
  const Checkpoint killed = read_checkpoint(folder_ / "killed");
  EXPECT_EQ(killed.step, kRecords);
  EXPECT_EQ(killed.sums.examples, kRecords);
  // All of it, wherever batches ended.
  EXPECT_TRUE(encode_checkpoint(killed) ==
              encode_checkpoint(read_checkpoint(folder_ / "unbroken")));
}

TEST_F(KafkaRun, EndsWithCodeThreeAndBothOffsetsWhereRecordsAreGone) {
  send(attribute_records(1000, 3));
  write_config(kLinear);
  ASSERT_EQ(run_gradus(until_end("data")).code, 0);
  send(attribute_records(1000, 4));
  tool().delete_records(topic_, 0, 1500);
  const Finished refused = run_gradus(until_end("data"));
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.errors,
              AllOf(HasSubstr(topic_ + "/0"), HasSubstr("offset 1000"), HasSubstr("1500"),
                    HasSubstr("new data directory"), HasSubstr("missing_offsets: skip")));
  EXPECT_EQ(read_checkpoint(folder_ / "data").step, 1000U);
}

// The process stands still meanwhile, so no broker can tell it anything.
TEST_F(KafkaRun, EndsWithCodeThreeWhereTheTopicWasCreatedAgainWhileItWasFrozen) {
  send(attribute_records(2000, 7));
  write_config(kLinear);
  {
    ServingGradus run(endless("data"));
    ASSERT_TRUE(eventually([&] { return run.step() == 2000; }));
    run.process().send(SIGSTOP);
    tool().delete_topic(topic_);
    ASSERT_TRUE(eventually([&] {
      try {
        tool().create_topic(topic_, 1);
        return true;
      } catch (const std::runtime_error&) {
        return false;  // the deletion is not through yet
      }
    }));
    send(attribute_records(5000, 8));
    run.process().send(SIGCONT);
    const Finished ended = run.finish();
    EXPECT_EQ(ended.code, 3) << ended.errors;
    EXPECT_THAT(
        ended.errors,
        AllOf(HasSubstr(topic_ + "/0: record "), HasSubstr("is not the one that was learned"),
              HasSubstr("new data directory"), HasSubstr("stream.kafka.topic")));
  }
  const Finished again = run_gradus(until_end("data"));
  EXPECT_EQ(again.code, 3) << again.errors;
}

TEST_F(KafkaRun, LearnsATransactionalTopicWhereGapsAreForbidden) {
  const auto records = attribute_records(300, 9);
  for (int i = 0; i < 3; ++i) {
    tool().send_in(i == 1 ? KafkaTool::Transaction::kAbort : KafkaTool::Transaction::kCommit,
                   topic_,
                   messages_of({records.begin() + 100 * i, records.begin() + 100 * (i + 1)}));
  }
  write_config(kLinear);
  auto arguments = until_end("data");
  arguments.insert(arguments.end(), {"--set", "stream.gap_policy=fail"});
  const Finished ended = run_gradus(arguments);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary_of("data").at("examples"), 200);
}

TEST_F(KafkaRun, NamesATopicThatThereIsNotAtTheStart) {
  write_config(kLinear);
  std::string misspelt = topic_;
  std::swap(misspelt[0], misspelt[1]);
  auto arguments = until_end("data");
  arguments.insert(arguments.end(), {"--set", "stream.kafka.topic=" + misspelt});
  const Finished refused = run_gradus(arguments);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.errors, AllOf(HasSubstr(misspelt), HasSubstr(topic_)));
}

TEST_F(KafkaRun, ShowsItsLagWhileItIsBehind) {
  const std::string questions = topic_ + ".questions";
  // A thousand whole minibatches: the learner waits for the rest of an unfinished one.
  const Finished produced = run_gradus({"produce", "--ladder", "arithmetic", "--count", "32000",
                                        "--brokers", broker_.brokers(), "--topic", questions});
  ASSERT_EQ(produced.code, 0) << produced.errors;
  write_config("learner: {kind: transformer}\nladder: arithmetic\n");
  auto arguments = endless("data");
  arguments.insert(arguments.end(),
                   {"--set", "stream.kafka.topic=" + questions, "--set", "checkpoint.every=1s"});
  ServingGradus run(arguments);
  const auto lag = [&] { return run.metric("gradus_ingest_consumer_lag_messages"); };
  EXPECT_TRUE(eventually([&] { return lag() > 1000; }));
  EXPECT_TRUE(eventually([&] { return lag() == 0; }, std::chrono::minutes(2)));
  EXPECT_EQ(run.step(), 32'000U);
  EXPECT_EQ(run.end_with(SIGTERM).code, 0);
}

TEST_F(KafkaRun, PutsBadRecordsIntoTheDeadLettersOfTheTopic) {
  auto records = attribute_records(10, 5);
  records[3] = "{";
  records[7] = R"({"x":[1],"y":9})";
  send(records);
  write_config(kLinear);
  auto arguments = until_end("data");
  arguments.insert(arguments.end(), {"--set", "stream.on_error=dead_letter"});
  const Finished ended = run_gradus(arguments);
  ASSERT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(summary_of("data").at("examples"), 8);
  EXPECT_EQ(summary_of("data").at("rejected"), json({{"malformed", 1}, {"out_of_range", 1}}));
  const auto letters = tool().read(topic_ + ".dead");
  ASSERT_EQ(letters.size(), 2U);
  EXPECT_EQ(letters[0].value, records[3]);
  EXPECT_EQ(letters[1].value, records[7]);
}

TEST_F(KafkaRun, DemoGoesThroughATopic) {
  const Finished ended = run_gradus({"demo", "arithmetic", "--brokers", broker_.brokers(), "--pace",
                                     "none", "--examples", "2048", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_THAT(ended.output, HasSubstr("\nLearned 2,048 examples in "));
}

// Of a ladder file, twice, and the second time on: the topic is the ladder's and the data
// directory's, and holds the stream once.
TEST_F(KafkaRun, DemoGoesOnWithItsTopicWhereItWritesTheStreamOnce) {
  const std::string ladder =
      folder_.write("sums.yaml",
                    "format: 1\nname: sums\nversion: 1\ngenerator: arithmetic\n"
                    "defaults: {items: 50, chance: 0.04, floor: 0.2, target: 0.8}\n"
                    "tiers: [{name: first, title: First, tasks: [{name: add1, title: Sums}]}]\n");
  const auto demo = [&](const char* examples) {
    return run_gradus({"demo", ladder, "--brokers", broker_.brokers(), "--pace", "none",
                       "--examples", examples, "--listen", "127.0.0.1:0", "--data",
                       folder_ / "demo"});
  };
  for (const auto* examples : {"1024", "2048"}) {
    const Finished ended = demo(examples);
    ASSERT_EQ(ended.code, 0) << ended.errors;
  }
  const std::string topic = read_file(folder_ / "demo" / "topic");
  EXPECT_THAT(topic, ::testing::StartsWith("gradus-demo-sums-1-"));
  const auto written = tool().read(topic);
  const Finished expected = run_gradus(
      {"produce", "--ladder", ladder, "--count", std::to_string(written.size()), "--seed", "1"});
  std::string all;
  for (const KafkaMessage& message : written) all += *message.value + "\n";
  EXPECT_TRUE(all == expected.output) << "record i of the stream has offset i";
}

TEST_F(KafkaRun, DemoFallsSilentThroughATopicToo) {
  const TempDir data;
  ServingGradus demo({"demo", "arithmetic", "--brokers", broker_.brokers(), "--pace", "none",
                      "--listen", "127.0.0.1:0", "--data", data.path(), "--fault", "silence@2048"});
  ASSERT_TRUE(eventually([&] { return demo.step() == 2048; }));
  EXPECT_EQ(demo.end_with(SIGTERM).code, 0);
  EXPECT_EQ(tool().read(read_file(data / "topic")).size(), 2048U);
}

}  // namespace
}  // namespace gradus::test
