// From a fault to the webhook, through a real Prometheus and a real Alertmanager, with the demo's
// durations.

#include <chrono>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <memory>
#include <vector>

#include "tests/e2e/gradus.h"
#include "tests/stack/alert_pipeline.h"
#include "tests/support/grown_learner.h"
#include "tests/support/socket.h"

namespace gradus::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// Whole minibatches of 32, so that a stream that falls silent there is learned to its end.
constexpr std::uint64_t kFault = 160'000;
static_assert(kFault > kGrown);
// The verdict itself takes up to two doublings of the examples, so the wait is far beyond the aim
// of 30 s: how long it took is printed.
constexpr auto kPatience = seconds(120);

/// The demo with this fault, from the grown learner on.
std::vector<std::string> demo_of(const std::string& fault, const TempDir& folder,
                                 const ReservedPort& port) {
  return {"demo",     "--fault",     fault, "--data", copy_grown_learner(folder),
          "--listen", port.address()};
}

/// Waits until the demo stands at the fault, then for the alert, and prints how long after the
/// fault it came.
void expect_alert(const std::string& fault, const std::string& alert, const ServingGradus& demo,
                  AlertPipeline& pipeline) {
  // What comes before the fault is no answer to it; the answer may come in the second of the fault.
  auto begin = std::chrono::steady_clock::now();
  std::string line;
  while (line.empty() && demo.step() < kFault) {
    begin = std::chrono::steady_clock::now();
    line = pipeline.wait_for("FIRING", alert, seconds(1));
  }
  ASSERT_TRUE(line.empty() || demo.step() >= kFault) << "before the fault: " << line;
  if (line.empty()) line = pipeline.wait_for("FIRING", alert, kPatience);
  ASSERT_NE(line, "") << pipeline.lines();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << fault << " to webhook: " << took.count() << " s (aim: 30 s): " << line << "\n";
}

/// A demo whose fault begins at kFault and ends at `end`: the alert comes, and is resolved once the
/// skill grows again.
void expect_alert_and_end(const std::string& fault, std::uint64_t end, const std::string& alert) {
  const std::string window = "@" + std::to_string(kFault) + "-" + std::to_string(end);
  const TempDir folder;
  const ReservedPort port;
  AlertPipeline pipeline({port.address()});
  ServingGradus demo(demo_of(fault + window, folder, port));
  expect_alert(fault, alert, demo, pipeline);
  EXPECT_TRUE(eventually([&] { return demo.step() >= end; }, minutes(3)));
  EXPECT_NE(pipeline.wait_for("RESOLVED", alert, kPatience), "") << pipeline.lines();
}

// How many doublings a verdict takes depends on how densely the machine can probe, two for a stall
// where it is slow: a stall lasts for more. What falls is told of at once.
TEST(Alerts, TellOfALearnerThatLearnsNoMore) {
  expect_alert_and_end("stall", 1'000'000, "GradusLearningStalled");
}
TEST(Alerts, TellOfWrongAnswersInOneTask) {
  expect_alert_and_end("shuffle", 224'000, "GradusLearningRegressing");
}
TEST(Alerts, TellOfATierThatIsForgotten) {
  expect_alert_and_end("forget", 320'000, "GradusLearningRegressing");
}
TEST(Alerts, TellOfAStreamThatFellSilent) {
  expect_alert_and_end("silence", 512'000, "GradusNoData");
}

// What has diverged does not come back by itself: whoever is called starts it anew.
TEST(Alerts, TellOfDivergence) {
  const std::string fault = "diverge@" + std::to_string(kFault);
  const TempDir folder;
  const ReservedPort port;
  AlertPipeline pipeline({port.address()});
  auto demo = std::make_unique<ServingGradus>(demo_of(fault, folder, port));
  expect_alert("diverge", "GradusLearnerDiverged", *demo, pipeline);
  demo->end_with(SIGTERM);
  demo =
      std::make_unique<ServingGradus>(std::vector<std::string>{"demo", "--listen", port.address()});
  EXPECT_NE(pipeline.wait_for("RESOLVED", "GradusLearnerDiverged", kPatience), "")
      << pipeline.lines();
}

}  // namespace
}  // namespace gradus::test
