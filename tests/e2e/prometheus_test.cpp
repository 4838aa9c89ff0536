#include <csignal>
#include <nlohmann/json.hpp>
#include <set>

#include "app/http_client.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;

/// A real Prometheus on a free port that scrapes one address every second.
class Prometheus {
 public:
  explicit Prometheus(const std::string& target)
      : process_({"prometheus", "--config.file=" + configuration(target),
                  "--storage.tsdb.path=" + (folder_ / "data").string(),
                  "--web.listen-address=127.0.0.1:0"}) {
    while (const auto line = process_.read_error_line(std::chrono::minutes(1))) {
      const std::string listening = "msg=\"Listening on\" address=";
      const std::size_t at = line->find(listening);
      if (at == std::string::npos) continue;
      url_ = "http://" + line->substr(at + listening.size());
      return;
    }
    ADD_FAILURE() << "Prometheus does not start: " << process_.errors();
  }

  /// The samples of an instant query; none while it does not answer.
  json query(const std::string& expression) const {
    const auto page = fetch(url_ + "/api/v1/query?query=" + expression);
    const json answer =
        page ? json::parse(page->body, nullptr, false) : json(json::value_t::discarded);
    return answer.is_object() && answer.contains("data") ? answer.at("data").at("result")
                                                         : json::array();
  }

 private:
  std::string configuration(const std::string& target) const {
    return folder_.write("prometheus.yml",
                         "global: {scrape_interval: 1s}\n"
                         "scrape_configs:\n"
                         "  - job_name: gradus\n"
                         "    static_configs: [{targets: [\"" +
                             target + "\"]}]\n");
  }

  const TempDir folder_;
  Process process_;
  std::string url_;
};

std::string address_of(const ServingGradus& gradus) {
  return gradus.url().substr(std::string("http://").size());
}

TEST(Prometheus, StoresTheScoreOfEveryTaskOfALiveDemo) {
  ServingGradus demo({"demo", "arithmetic", "--listen", "127.0.0.1:0"});
  const Prometheus prometheus(address_of(demo));
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
      [&] { return !prometheus.query("rate(gradus_learner_examples_total[5s])%3E0").empty(); }));
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
