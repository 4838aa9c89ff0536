#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/http_client.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;

/// scripts/stack in a folder of its own, on free ports; ended where the test has not.
class Stack {
 public:
  ~Stack() { run({"down"}); }

  Finished run(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {"env", "GRADUS_STACK=" + (folder_ / "stack").string(),
                                        std::string("GRADUS=") + GRADUS_BINARY, "scripts/stack"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_to_end(command);
  }
  /// What a file of the stack's folder holds, without the line break.
  std::string file(const std::string& name) const {
    std::string text = read_file((folder_ / "stack" / name).string());
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
  std::string url(const std::string& part) const { return file(part + ".url"); }
  pid_t pid(const std::string& part) const { return std::stoi(file(part + ".pid")); }
  json query(const std::string& expression) const {
    const auto page = fetch(url("prometheus") + "api/v1/query?query=" + expression);
    const json answer =
        page ? json::parse(page->body, nullptr, false) : json(json::value_t::discarded);
    return answer.is_object() && answer.contains("data") ? answer.at("data").at("result")
                                                         : json::array();
  }

 private:
  const TempDir folder_;
};

TEST(Stack, RunsTheWholeSetAndEndsExactlyThat) {
  const Stack stack;
  const Finished up = stack.run({"up", "--detach", "--free-ports", "--rate", "4000"});
  ASSERT_EQ(up.code, 0) << up.output << up.errors;
  for (const auto* part : {"gradus", "prometheus", "alertmanager"})
    EXPECT_NE(up.output.find(stack.url(part)), std::string::npos) << up.output;
  EXPECT_EQ(stack.run({"status"}).code, 0);

  EXPECT_TRUE(
      eventually([&] { return !stack.query("gradus_learner_examples_total%3E10000").empty(); }));
  EXPECT_TRUE(
      eventually([&] { return !stack.query("gradus_ingest_consumer_lag_messages").empty(); }));
  EXPECT_TRUE(
      eventually([&] { return !stack.query("task:gradus_progress_verdict:code").empty(); }));
  EXPECT_TRUE(
      eventually([&] { return !stack.query("ALERTS{alertname=%22GradusWatchdog%22}").empty(); }));

  std::vector<pid_t> pids;
  for (const auto* part : {"producer", "gradus", "prometheus", "alertmanager", "webhook"})
    pids.push_back(stack.pid(part));
  pids.push_back(std::stoi(stack.file("kafka/pid")));
  EXPECT_EQ(stack.run({"down"}).code, 0);
  for (const pid_t pid : pids)
    EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(pid)));
  EXPECT_EQ(stack.run({"status"}).code, 1);
}

TEST(Stack, RefusesWhatItDoesNotKnow) {
  const Stack stack;
  const Finished option = stack.run({"up", "--quick"});
  EXPECT_EQ(option.code, 1);
  EXPECT_NE(option.errors.find("--quick"), std::string::npos);
  EXPECT_EQ(stack.run({"up", "--rate", "many"}).code, 1);
  EXPECT_EQ(stack.run({"sideways"}).code, 2);
}

TEST(Stack, EndsNothingWhereNothingRuns) {
  const Stack stack;
  EXPECT_EQ(stack.run({"down"}).code, 0);
  EXPECT_EQ(stack.run({"status"}).code, 1);
}

}  // namespace
}  // namespace gradus::test
