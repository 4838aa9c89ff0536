// What the tools that will read the files say of them: jsonnet, promtool, amtool.
#include <filesystem>
#include <regex>

#include "tests/dashboards/dashboard.h"
#include "tests/dashboards/placeholders.h"
#include "tests/dashboards/rule_files.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The command followed by the files of `folder` that end so.
std::vector<std::string> with_files(std::vector<std::string> command, const char* folder,
                                    const std::string& ending) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) command.push_back(entry.path());
  }
  return command;
}

TEST(Files, AreWhatTheirSourcesMake) {
  const Finished checked = run_to_end({"scripts/dashboards", "check"});
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
}

TEST(Files, OfRulesAreValid) {
  const Finished checked =
      run_to_end(with_files({"promtool", "check", "rules"}, "dashboards/prometheus", ".yml"));
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
}

TEST(Files, OfRulesPassTheirTests) {
  const Finished tested =
      run_to_end(with_files({"promtool", "test", "rules"}, "dashboards/prometheus/tests", ".yml"));
  EXPECT_EQ(tested.code, 0) << tested.output << tested.errors;
}

TEST(Files, OfAlertmanagerAreValid) {
  const Finished checked =
      run_to_end(with_files({"amtool", "check-config"}, "dashboards/alertmanager", ".yml"));
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
}

// As rules of a file, so that promtool reads all of them at once.
TEST(Files, OfDashboardsAskWhatPrometheusCanParse) {
  std::string rules = "groups: [{name: dashboards, rules: [\n";
  std::size_t count = 0;
  for (const Dashboard& dashboard : dashboards()) {
    for (const Asked& asked : expressions_of(dashboard)) {
      rules += "{record: r" + std::to_string(count++) +
               ", expr: " + json(with_placeholders(asked.expression)).dump() + "},\n";
    }
  }
  const TempDir folder;
  const Finished checked =
      run_to_end({"promtool", "check", "rules", folder.write("rules.yml", rules + "]}]\n")});
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
  EXPECT_GT(count, 100U);
}

/// The alerts of the mixin with this `_config`.
json alerts_with(const std::string& config) {
  const Finished made = run_to_end({"jsonnet", "-e",
                                    "((import 'dashboards/mixin.libsonnet') + { _config+:: {" +
                                        config + "} }).prometheusAlerts"});
  EXPECT_EQ(made.code, 0) << made.errors;
  return json::parse(made.output, nullptr, false);
}

TEST(Mixin, TakesASitesOwnNamesAndAddresses) {
  const std::string alerts =
      alerts_with("gradusJob: 'learners', gradusUrl: 'https://gradus.lan'").dump();
  EXPECT_THAT(alerts, HasSubstr(R"(up{job=\"learners\"} == 0)"));
  EXPECT_THAT(alerts, HasSubstr(R"("https://gradus.lan/#task-{{ $labels.task }}")"));
  EXPECT_THAT(alerts, HasSubstr(R"("https://gradus.lan/runbooks/GradusDown")"));
  EXPECT_THAT(alerts, Not(HasSubstr("localhost")));
  EXPECT_THAT(alerts_with("runbooksUrl: 'https://wiki.lan'").dump(),
              HasSubstr("https://wiki.lan/GradusDown"));
}

TEST(Mixin, LinksToDashboardsThatThereAreWhereGrafanaIs) {
  const json alerts = alerts_with("grafanaUrl: 'https://grafana.lan'");
  const std::regex link(R"(https://grafana\.lan/d/([a-z-]+)(\?.*)?)");
  std::size_t links = 0;
  for (const json& group : alerts.at("groups")) {
    for (const json& rule : group.at("rules")) {
      const std::string url = rule.at("annotations").at("grafana_url");
      std::smatch match;
      ASSERT_TRUE(std::regex_match(url, match, link)) << url;
      EXPECT_TRUE(std::filesystem::exists("dashboards/grafana/" + match.str(1) + ".json")) << url;
      ++links;
    }
  }
  EXPECT_EQ(links, rules_of("gradus.alerts.yml").size());
}

TEST(Mixin, GivesWhatIsCommitted) {
  const Finished made = run_to_end({"jsonnet", "-e",
                                    "(import 'dashboards/mixin.libsonnet')"
                                    ".grafanaDashboards['gradus-tiers.json']"});
  ASSERT_EQ(made.code, 0) << made.errors;
  EXPECT_EQ(json::parse(made.output),
            json::parse(read_file("dashboards/grafana/gradus-tiers.json")));
}

}  // namespace
}  // namespace gradus::test
