// What the tools that will read the files say of them: jsonnet, promtool, amtool.
#include <filesystem>

#include "tests/dashboards/dashboard.h"
#include "tests/dashboards/placeholders.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
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

TEST(Mixin, TakesASitesOwnNamesAndAddresses) {
  const std::string site =
      "((import 'dashboards/mixin.libsonnet') + { _config+:: { gradusJob: 'learners', "
      "grafanaUrl: 'https://grafana.lan', runbooksUrl: 'https://wiki.lan' } })";
  const Finished made = run_to_end(
      {"jsonnet", "-e", "local m = " + site + "; [m.prometheusAlerts, m.grafanaDashboards]"});
  ASSERT_EQ(made.code, 0) << made.errors;
  const json parts = json::parse(made.output);
  EXPECT_EQ(parts[1].size(), 4U);
  const std::string alerts = parts[0].dump();
  EXPECT_THAT(alerts, ::testing::HasSubstr(R"(up{job=\"learners\"} == 0)"));
  EXPECT_THAT(alerts, ::testing::HasSubstr("https://grafana.lan/d/gradus-ingest"));
  EXPECT_THAT(alerts, ::testing::HasSubstr("https://wiki.lan/GradusDown.md"));
  EXPECT_THAT(alerts, Not(::testing::HasSubstr("localhost")));
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
