// What healthy learners page for, through a real Prometheus and a real Alertmanager, with the
// demo's durations.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/gradus.h"
#include "tests/stack/alert_pipeline.h"

namespace gradus::test {
namespace {

/// How often this text stands in another.
std::size_t occurrences(const std::string& text, const std::string& in) {
  std::size_t count = 0;
  for (auto at = in.find(text); at != std::string::npos; at = in.find(text, at + 1)) ++count;
  return count;
}

// The three seeds behind the default one, at once; a doubling beyond the faults of the other
// alert tests. What is expected of them all together: no stall, at most one fall.
TEST(QuietAlerts, WhileThreeHealthyLearnersLearn) {
  constexpr const char* end = "320000";
  std::vector<std::unique_ptr<ServingGradus>> demos;
  std::vector<std::string> addresses;
  for (const char* seed : {"2", "3", "4"}) {
    demos.push_back(std::make_unique<ServingGradus>(std::vector<std::string>{
        "demo", "--seed", seed, "--examples", end, "--listen", "127.0.0.1:0"}));
    addresses.push_back(demos.back()->address());
  }
  AlertPipeline pipeline(addresses);
  for (const auto& demo : demos) EXPECT_EQ(demo->finish().code, 0);
  // That each has ended is told: what the learning had to say would have come as well.
  for (std::size_t i = 0; i < demos.size(); ++i)
    ASSERT_NE(pipeline.wait_for("FIRING", "GradusDown", std::chrono::minutes(2)), "")
        << pipeline.lines();
  EXPECT_EQ(occurrences("GradusLearningStalled", pipeline.lines()), 0u) << pipeline.lines();
  EXPECT_LE(occurrences("FIRING warning GradusLearningRegressing", pipeline.lines()), 1u)
      << pipeline.lines();
}

}  // namespace
}  // namespace gradus::test
