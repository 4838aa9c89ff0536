#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "serve/http_client.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;

/// Names of the alerts that Alertmanager holds, each with the addresses that it links to.
using Links = std::map<std::string, std::set<std::string>>;

Links links_of_alerts(const std::string& alertmanager) {
  Links links;
  const auto page = fetch(alertmanager + "api/v2/alerts");
  const json alerts = page ? json::parse(page->body, nullptr, false) : json::array();
  for (const json& alert : alerts) {
    std::set<std::string>& of = links[alert.at("labels").at("alertname")];
    for (const char* link : {"runbook_url", "dashboard_url"})
      of.insert(alert.at("annotations").at(link));
  }
  return links;
}

/// scripts/stack in a folder of its own, on free ports; ended where the test has not.
class Stack {
 public:
  ~Stack() { run({"down"}); }

  std::vector<std::string> command(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {"env", "GRADUS_STACK=" + (folder_ / "stack").string(),
                                        std::string("GRADUS=") + GRADUS_BINARY, "scripts/stack"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  }
  Finished run(const std::vector<std::string>& arguments) const {
    return run_to_end(command(arguments));
  }
  bool has(const std::string& name) const {
    return std::filesystem::exists(folder_ / "stack" / name);
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

/// Fires every alert through the real Prometheus and Alertmanager: what somebody who is called
/// clicks on must answer.
void expect_that_links_of_all_alerts_answer(const Stack& stack) {
  std::size_t alerts = 0;
  for (const auto& file : std::filesystem::directory_iterator("docs/runbooks"))
    alerts += file.is_regular_file() ? 1 : 0;
  EXPECT_EQ(stack.run({"drill", "all"}).code, 0);
  Links links;
  EXPECT_TRUE(eventually([&] {
    links = links_of_alerts(stack.url("alertmanager"));
    return links.size() >= alerts;
  })) << links.size();
  for (const auto& [alert, addresses] : links) {
    EXPECT_EQ(addresses.size(), 2U) << alert;
    for (const std::string& address : addresses) {
      const auto page = fetch(address.substr(0, address.find('#')));
      ASSERT_TRUE(page) << alert << ": " << address;
      EXPECT_EQ(page->status, 200U) << alert << ": " << address;
    }
  }
}

/// What another alert explains is held back; by itself it is told.
void expect_that_one_alert_is_told(const Stack& stack) {
  EXPECT_EQ(stack.run({"drill", "GradusLearningTooSlow"}).code, 0);
  EXPECT_TRUE(eventually([&] {
    return stack.file("webhook.log").find("FIRING warning GradusLearningTooSlow") !=
           std::string::npos;
  })) << stack.file("webhook.log");
  const Finished unknown = stack.run({"drill", "GradusNothing"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_NE(unknown.errors.find("there are: GradusCheckpointFailing"), std::string::npos);
}

TEST(Stack, RunsTheWholeSetShowsEveryAlertAndEndsExactlyThat) {
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

  expect_that_links_of_all_alerts_answer(stack);
  expect_that_one_alert_is_told(stack);

  std::vector<pid_t> pids;
  for (const auto* part : {"producer", "gradus", "prometheus", "alertmanager", "webhook"})
    pids.push_back(stack.pid(part));
  pids.push_back(std::stoi(stack.file("kafka/pid")));
  EXPECT_EQ(stack.run({"down"}).code, 0);
  for (const pid_t pid : pids)
    EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(pid)));
  EXPECT_EQ(stack.run({"status"}).code, 1);
}

/// Reads what a stack prints up to a line that contains `text`; false where none comes.
bool says(Process& stack, const std::string& text) {
  while (const auto line = stack.read_line(std::chrono::minutes(2)))
    if (line->find(text) != std::string::npos) return true;
  return false;
}

TEST(Stack, TellsOfAPartThatEndsAndEndsInOrderWithItsBrokerGone) {
  const Stack stack;
  Process up(stack.command({"up", "--free-ports", "--rate", "4000"}));
  ASSERT_TRUE(says(up, "Ctrl-C ends everything")) << up.output() << up.errors();
  EXPECT_TRUE(eventually(
      [&] { return !stack.query("gradus_ingest_examples_total{job=%22gradus%22}").empty(); }));
  // Ctrl-C goes to the session of the terminal: a broker in it would be gone before gradus is
  // asked.
  const pid_t broker = std::stoi(stack.file("kafka/pid"));
  EXPECT_NE(::getsid(broker), ::getsid(up.pid()));
  ::kill(broker, SIGKILL);
  EXPECT_TRUE(says(up, "kafka has ended"));
  EXPECT_EQ(stack.run({"status"}).code, 1);
  const auto before = std::chrono::steady_clock::now();
  up.send(SIGINT);
  EXPECT_EQ(up.wait(std::chrono::minutes(2)), 0) << up.errors();
  // About 5 s; a consumer that waits for a broker takes a minute.
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(25));
  EXPECT_NE(stack.file("gradus.log").find("\"position\""), std::string::npos)
      << "its summary, the last thing that it prints: " << stack.file("gradus.log");
}

TEST(Stack, RefusesALadderThatThereIsNotBeforeItStartsAnything) {
  const Stack stack;
  const Finished refused = stack.run({"up", "--free-ports", "--ladder", "nosuch"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.errors.find("--ladder: no ladder \"nosuch\""), std::string::npos)
      << refused.errors;
  EXPECT_FALSE(stack.has("kafka"));
}

TEST(Stack, HelpsOnRequest) {
  const Stack stack;
  const Finished help = stack.run({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.output.find("scripts/stack down"), std::string::npos);
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
  const Finished down = stack.run({"down"});
  EXPECT_EQ(down.code, 0);
  EXPECT_NE(down.output.find("nothing runs"), std::string::npos);
  EXPECT_EQ(stack.run({"status"}).code, 1);
}

}  // namespace
}  // namespace gradus::test
