#include <csignal>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/e2e/gradus.h"
#include "tests/e2e/prometheus.h"

namespace gradus::test {
namespace {

using nlohmann::json;

TEST(Prometheus, StoresTheScoreOfEveryTaskOfALiveDemo) {
  ServingGradus demo({"demo", "arithmetic", "--listen", "127.0.0.1:0"});
  const Prometheus prometheus(demo.address());
  json scores;
  EXPECT_TRUE(eventually([&] {
    scores = prometheus.query("gradus_probe_score_ratio");
    return scores.size() == 17;
  })) << scores;
  std::set<std::string> tasks;
  for (const json& sample : scores) {
    tasks.insert(sample.at("metric").at("task"));
    const double score = std::stod(sample.at("value").at(1).get<std::string>());
    EXPECT_GE(score, 0);
    EXPECT_LE(score, 1);
  }
  EXPECT_EQ(tasks.size(), 17U);
  EXPECT_TRUE(tasks.contains("add2c"));
  EXPECT_EQ(prometheus.query("up").at(0).at("value").at(1), "1");
  EXPECT_TRUE(eventually(
      [&] { return !prometheus.query("rate(gradus_learner_examples_total[5s]) > 0").empty(); }));
  EXPECT_EQ(demo.end_with(SIGTERM).code, 0);
}

TEST(Prometheus, HasNothingToSayAgainstALivePage) {
  ServingGradus demo({"demo", "arithmetic", "--listen", "127.0.0.1:0"});
  ASSERT_TRUE(eventually([&] { return demo.step() >= 1000; }));
  const Finished checked = run_to_end({"promtool", "check", "metrics"}, demo.body("/metrics"));
  EXPECT_EQ(checked.code, 0);
  EXPECT_EQ(checked.output + checked.errors, "");
}

}  // namespace
}  // namespace gradus::test
