// From a fault to the webhook, through a real Prometheus and a real Alertmanager, with the demo's
// durations.

#include <chrono>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <vector>

#include "tests/e2e/gradus.h"
#include "tests/stack/alert_pipeline.h"

namespace gradus::test {
namespace {

using std::chrono::seconds;

// Whole minibatches of 32, so that a stream that falls silent there is learned to its end.
constexpr std::uint64_t kFault = 160'000;
// The verdict itself takes up to two doublings of the examples, so the wait is far beyond the aim
// of 30 s: how long it took is printed.
constexpr auto kPatience = seconds(120);

std::vector<std::string> demo_of(const std::string& fault, const std::string& listen) {
  return {"demo", "--fault", fault, "--listen", listen};
}

/// Waits until the demo stands at the fault, then for the alert, and prints how long after the
/// fault it came.
void expect_alert(const std::string& fault, const std::string& alert, const ServingGradus& demo,
                  AlertPipeline& pipeline) {
  // What comes before the fault is no answer to it.
  auto begin = std::chrono::steady_clock::now();
  while (demo.step() < kFault) {
    begin = std::chrono::steady_clock::now();
    ASSERT_EQ(pipeline.wait_for("FIRING", alert, seconds(1)), "") << "before the fault";
  }
  const std::string line = pipeline.wait_for("FIRING", alert, kPatience);
  ASSERT_NE(line, "") << pipeline.lines();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << fault << " to webhook: " << took.count() << " s (aim: 30 s): " << line << "\n";
}

/// A demo whose fault begins at kFault and ends at `end`: the alert comes, and is resolved once the
/// skill grows again.
void expect_alert_and_end(const std::string& fault, std::uint64_t end, const std::string& alert) {
  const std::string window = "@" + std::to_string(kFault) + "-" + std::to_string(end);
  ServingGradus demo(demo_of(fault + window, "127.0.0.1:0"));
  AlertPipeline pipeline(demo.address());
  expect_alert(fault, alert, demo, pipeline);
  EXPECT_NE(pipeline.wait_for("RESOLVED", alert, kPatience), "") << pipeline.lines();
}

// A stall needs most of a doubling to be told: this one lasts longer than the others.
TEST(Alerts, TellOfALearnerThatLearnsNoMore) {
  expect_alert_and_end("stall", 448'000, "GradusLearningStalled");
}
TEST(Alerts, TellOfWrongAnswersInOneTask) {
  expect_alert_and_end("shuffle", 224'000, "GradusLearningRegressing");
}
TEST(Alerts, TellOfATierThatIsForgotten) {
  expect_alert_and_end("forget", 256'000, "GradusLearningRegressing");
}
TEST(Alerts, TellOfAStreamThatFellSilent) {
  expect_alert_and_end("silence", 512'000, "GradusNoData");
}

// What has diverged does not come back by itself: whoever is called starts it anew.
TEST(Alerts, TellOfDivergence) {
  const std::string fault = "diverge@" + std::to_string(kFault);
  auto demo = std::make_unique<ServingGradus>(demo_of(fault, "127.0.0.1:0"));
  const std::string address = demo->address();
  AlertPipeline pipeline(address);
  expect_alert("diverge", "GradusLearnerDiverged", *demo, pipeline);
  demo->end_with(SIGTERM);
  demo = std::make_unique<ServingGradus>(std::vector<std::string>{"demo", "--listen", address});
  EXPECT_NE(pipeline.wait_for("RESOLVED", "GradusLearnerDiverged", kPatience), "")
      << pipeline.lines();
}

/// The tasks that the webhook was told of by this alert, each once.
std::set<std::string> tasks_of(const std::string& alert, const std::string& lines) {
  std::set<std::string> tasks;
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);)
    if (line.find("FIRING") != std::string::npos && line.find(alert) != std::string::npos)
      tasks.insert(line.substr(line.find("task=")));
  return tasks;
}

// Ninety seconds of a learner in order, as README's demo: nobody is called for a stall, and for one
// task at most for a fall.
class HealthyRun : public testing::TestWithParam<int> {};

TEST_P(HealthyRun, CallsNobody) {
  ServingGradus demo(
      {"demo", "--seed", std::to_string(GetParam()), "--seconds", "90", "--listen", "127.0.0.1:0"});
  AlertPipeline pipeline(demo.address());
  EXPECT_EQ(pipeline.wait_for("FIRING", "GradusLearningStalled", seconds(85)), "");
  EXPECT_LE(tasks_of("GradusLearningRegressing", pipeline.lines()).size(), 1u) << pipeline.lines();
  EXPECT_EQ(demo.end_with(SIGTERM).code, 0);
  EXPECT_NE(pipeline.wait_for("FIRING", "GradusDown", kPatience), "")
      << "silent for another reason";
}
INSTANTIATE_TEST_SUITE_P(Seeds, HealthyRun, testing::Values(2, 3, 4));

}  // namespace
}  // namespace gradus::test
