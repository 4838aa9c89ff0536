// Every alert says what it means, leads to a runbook, and is tested both ways.
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <regex>

#include "tests/dashboards/rule_files.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::MatchesRegex;

const char* const kAlerts = "gradus.alerts.yml";
const char* const kDemoAlerts = "gradus.alerts.demo.yml";

TEST(Alerts, SayWhatHowWhatToDoAndWhereToLook) {
  for (const Rule& alert : rules_of(kAlerts)) {
    EXPECT_THAT(alert.annotations, ElementsAre(Key("dashboard_url"), Key("description"),
                                               Key("runbook_url"), Key("summary")));
    EXPECT_THAT(alert.severity, AnyOf("warning", "critical", "none")) << alert.name;
    EXPECT_THAT(alert.annotations.at("runbook_url"), EndsWith("/runbooks/" + alert.name));
  }
}

TEST(Alerts, LeadToTheLivePageOfTheirGradus) {
  const std::string here = R"(http://{{ or $labels.instance "localhost:9630" }}/)";
  for (const Rule& alert : rules_of(kAlerts))
    EXPECT_THAT(alert.annotations.at("dashboard_url"),
                AnyOf(here, here + "#task-{{ $labels.task }}"));
}

TEST(Alerts, HaveEachARunbookAndNoRunbookIsLeftOver) {
  std::set<std::string> runbooks;
  for (const auto& entry : std::filesystem::directory_iterator("docs/runbooks")) {
    runbooks.insert(entry.path().stem());
  }
  EXPECT_EQ(runbooks, names_of(rules_of(kAlerts)));
}

TEST(Alerts, AreListedInTheDocument) {
  const std::string document = read_file("docs/dashboards.md");
  for (const std::string& alert : names_of(rules_of(kAlerts))) {
    EXPECT_THAT(document, HasSubstr("| [" + alert + "](runbooks/" + alert + ".md) |"));
  }
}

TEST(Runbooks, HaveTheFourPartsInOrderAndNoneIsEmpty) {
  for (const std::string& alert : names_of(rules_of(kAlerts))) {
    EXPECT_THAT(read_file("docs/runbooks/" + alert + ".md"),
                MatchesRegex("# " + alert +
                             "\n\n## Meaning\n\n[^#]{80,}## Impact\n\n[^#]{80,}"
                             "## Diagnosis\n\n[^#]{80,}## Mitigation\n\n[^#]{80,}"))
        << alert;
  }
}

TEST(Alerts, FireOnceAndStaySilentOnceInTheirTests) {
  std::set<std::string> fired, silent;
  for (const auto& entry : std::filesystem::directory_iterator("dashboards/prometheus/tests")) {
    const YAML::Node file = YAML::LoadFile(entry.path());
    for (const YAML::Node& test : file["tests"]) {
      for (const YAML::Node& one : test["alert_rule_test"]) {
        auto& seen = one["exp_alerts"].size() > 0 ? fired : silent;
        seen.insert(one["alertname"].as<std::string>());
      }
    }
  }
  silent.insert("GradusWatchdog");  // which always fires
  EXPECT_EQ(fired, names_of(rules_of(kAlerts)));
  EXPECT_EQ(silent, names_of(rules_of(kAlerts)));
}

/// Annotations with `span` in place of the window over which they ask.
std::map<std::string, std::string> without_windows(std::map<std::string, std::string> annotations) {
  static const std::regex kWindow(R"(:mean[0-9]+[sm]|\[[0-9]+[sm]\])");
  for (auto& [name, text] : annotations) text = std::regex_replace(text, kWindow, "span");
  return annotations;
}

TEST(Alerts, AreTheSameInTheDemonstrationButForTheirDurations) {
  const auto production = rules_of(kAlerts);
  const auto demo = rules_of(kDemoAlerts);
  ASSERT_EQ(production.size(), demo.size());
  for (std::size_t i = 0; i < demo.size(); ++i) {
    EXPECT_EQ(demo[i].name, production[i].name);
    EXPECT_EQ(demo[i].severity, production[i].severity);
    EXPECT_EQ(without_windows(demo[i].annotations), without_windows(production[i].annotations));
    EXPECT_THAT(demo[i].wait, AnyOf("0m", MatchesRegex("[0-9]{1,2}s"))) << demo[i].name;
  }
}

TEST(Alertmanager, NamesOnlyAlertsThatThereAre) {
  const std::set<std::string> known = names_of(rules_of(kAlerts));
  const std::regex name("Gradus[A-Za-z]+");
  for (const char* file : {"alertmanager.yml", "alertmanager.demo.yml"}) {
    const std::string text = read_file(std::string("dashboards/alertmanager/") + file);
    ASSERT_FALSE(text.empty());
    for (auto at = std::sregex_iterator(text.begin(), text.end(), name);
         at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(known.contains(at->str())) << at->str();
    }
  }
}

}  // namespace
}  // namespace gradus::test
