// From a fault to the webhook, through a real Prometheus and a real Alertmanager, with the demo's
// durations.

#include <chrono>
#include <cstdint>
#include <iostream>

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

/// Runs a demo with this fault, waits for the alert and prints how long after the fault it came.
void expect_alert(const std::string& fault, const std::string& alert) {
  ServingGradus demo(
      {"demo", "--fault", fault + "@" + std::to_string(kFault), "--listen", "127.0.0.1:0"});
  AlertPipeline pipeline(demo.address());
  ASSERT_TRUE(eventually([&] { return demo.step() >= kFault; }));
  const auto begin = std::chrono::steady_clock::now();
  const std::string line = pipeline.wait_for("FIRING", alert, kPatience);
  ASSERT_NE(line, "") << pipeline.lines();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << fault << " to webhook: " << took.count() << " s (aim: 30 s): " << line << "\n";
}

TEST(Alerts, TellOfALearnerThatLearnsNoMore) { expect_alert("stall", "GradusLearningStalled"); }
TEST(Alerts, TellOfWrongAnswersInOneTask) { expect_alert("shuffle", "GradusLearningRegressing"); }
TEST(Alerts, TellOfATierThatIsForgotten) { expect_alert("forget", "GradusLearningRegressing"); }
TEST(Alerts, TellOfDivergence) { expect_alert("diverge", "GradusLearn"); }
TEST(Alerts, TellOfAStreamThatFellSilent) { expect_alert("silence", "GradusNoData"); }

TEST(Alerts, AreResolvedWhenTheFaultIsOver) {
  ServingGradus demo({"demo", "--fault", "silence@100000-500000", "--listen", "127.0.0.1:0"});
  AlertPipeline pipeline(demo.address());
  EXPECT_NE(pipeline.wait_for("FIRING", "GradusNoData", kPatience), "") << pipeline.lines();
  EXPECT_NE(pipeline.wait_for("RESOLVED", "GradusNoData", kPatience), "") << pipeline.lines();
}

}  // namespace
}  // namespace gradus::test
