// Every name that a dashboard, a rule, a test or a runbook uses must be one that there is.
#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/dashboards/dashboard.h"
#include "tests/dashboards/promql.h"
#include "tests/dashboards/rule_files.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

/// What Prometheus makes itself.
const std::set<std::string> kOfPrometheus = {"ALERTS", "up"};

std::set<std::string> operator+(std::set<std::string> a, const std::set<std::string>& b) {
  a.insert(b.begin(), b.end());
  return a;
}

std::set<std::string> metrics_in(const std::string& expression) {
  std::set<std::string> names;
  for (const Selector& selector : selectors_of(expression)) names.insert(selector.metric);
  return names;
}

/// Those of the first that are not among the second.
std::vector<std::string> unknown(const std::set<std::string>& used,
                                 const std::set<std::string>& known) {
  std::vector<std::string> names;
  std::set_difference(used.begin(), used.end(), known.begin(), known.end(),
                      std::back_inserter(names));
  return names;
}

/// All series that the dashboards read.
std::set<std::string> shown_series() {
  std::set<std::string> names;
  for (const Dashboard& dashboard : dashboards()) {
    for (const Asked& asked : expressions_of(dashboard)) {
      names = names + metrics_in(asked.expression);
    }
  }
  return names;
}

TEST(Names, OfDashboardsAreExportedOrRecordedInBothProfiles) {
  const auto known = documented_series() + kOfPrometheus;
  EXPECT_THAT(unknown(shown_series(), known + names_of(rules_of("gradus.rules.yml"))), IsEmpty());
  EXPECT_THAT(unknown(shown_series(), known + names_of(rules_of("gradus.rules.demo.yml"))),
              IsEmpty());
}

class Profile : public ::testing::TestWithParam<const char*> {};

TEST_P(Profile, ReadsWhatIsExportedOrRecorded) {
  const std::string profile = GetParam();
  const auto recorded = rules_of("gradus.rules" + profile + ".yml");
  const auto known = documented_series() + kOfPrometheus + names_of(recorded);
  for (const Rule& rule : recorded) {
    EXPECT_THAT(unknown(metrics_in(rule.expression), known), IsEmpty()) << rule.name;
  }
  for (const Rule& rule : rules_of("gradus.alerts" + profile + ".yml")) {
    EXPECT_THAT(unknown(metrics_in(rule.expression), known), IsEmpty()) << rule.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Profile, ::testing::Values("", ".demo"));

TEST(Names, OfRunbooksAreExported) {
  const std::regex name(R"(gradus_[a-z_]+)");
  const auto known = documented_series();
  for (const auto& entry : std::filesystem::directory_iterator("docs/runbooks")) {
    const std::string text = read_file(entry.path());
    for (auto at = std::sregex_iterator(text.begin(), text.end(), name);
         at != std::sregex_iterator(); ++at) {
      EXPECT_THAT(known, Contains(at->str())) << entry.path();
    }
  }
}

// A metric that nobody looks at is cost without use.
TEST(Names, OfAllMetricsAreOnADashboardOrInARule) {
  std::set<std::string> used = shown_series();
  for (const char* file : {"gradus.rules.yml", "gradus.alerts.yml"}) {
    for (const Rule& rule : rules_of(file)) used = used + metrics_in(rule.expression);
  }
  std::vector<std::string> unused;
  for (const std::string& metric : documented_metrics()) {
    if (!used.contains(metric) && !used.contains(metric + "_bucket")) unused.push_back(metric);
  }
  EXPECT_THAT(unused, IsEmpty());
}

}  // namespace
}  // namespace gradus::test
