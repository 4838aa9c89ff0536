#include <algorithm>

#include "tests/dashboards/lint_rules.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<LintRule> all_rules() {
  std::vector<LintRule> rules(linter_rules().begin(), linter_rules().end());
  rules.insert(rules.end(), own_rules().begin(), own_rules().end());
  return rules;
}

std::string name_of(const ::testing::TestParamInfo<LintRule>& info) {
  std::string name(info.param.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Lint : public ::testing::TestWithParam<LintRule> {};

TEST_P(Lint, FindsNothing) {
  const auto all = dashboards();
  ASSERT_EQ(all.size(), 4U);
  for (const Dashboard& dashboard : all) {
    EXPECT_THAT(GetParam().check(dashboard), IsEmpty()) << dashboard.file;
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Lint, ::testing::ValuesIn(all_rules()), name_of);

/// A way to spoil the first dashboard for one rule.
struct Spoiled {
  std::string rule;
  json patch;  ///< RFC 6902
};

// gradus-ingest.json: variables 0 datasource, 1 job, 2 instance, 3 topic; its first panel is a
// stat.
std::vector<Spoiled> spoiled() {
  const auto replace = [](const std::string& path, const json& value) {
    return json::array({{{"op", "add"}, {"path", path}, {"value", value}}});
  };
  const std::string variable = "/templating/list/";
  const std::string expr = "/panels/0/targets/0/expr";
  const std::string own = R"(job=~"$job", instance=~"$instance")";
  return {
      {"template-datasource-rule", replace(variable + "0/label", "Source")},
      {"template-job-rule", replace(variable + "1/multi", false)},
      {"template-instance-rule", replace(variable + "2/allValue", ".*")},
      {"template-label-promql-rule", replace(variable + "3/query/query", "label_values(a{, b)")},
      {"template-on-time-change-reload-rule", replace(variable + "3/refresh", 1)},
      {"panel-datasource-rule", replace("/panels/0/datasource/uid", "prometheus")},
      {"panel-title-description-rule", replace("/panels/0/description", "")},
      {"panel-units-rule", replace("/panels/0/fieldConfig/defaults/unit", "parsec")},
      {"panel-no-targets-rule", replace("/panels/0/targets", json::array())},
      {"target-promql-rule", replace(expr, "sum(a{" + own + "}")},
      {"target-rate-interval-rule", replace(expr, "rate(a_total{" + own + "}[5m])")},
      {"target-job-rule", replace(expr, R"(a{job="$job", instance=~"$instance"})")},
      {"target-instance-rule", replace(expr, R"(a{job=~"$job"})")},
      {"target-counter-agg-rule", replace(expr, "sum(a_total{" + own + "})")},
      {"uneditable-dashboard-rule", replace("/editable", true)},
      {"ids", replace("/panels/1/id", 1)},
      {"grid", replace("/panels/1/gridPos/x", 3)},
      {"variables", replace("/panels/0/title", "$nobody")},
      {"no-value", replace("/panels/0/fieldConfig/defaults/noValue", "")},
      {"model", replace("/uid", "another")},
  };
}

std::string name_of_spoiled(const ::testing::TestParamInfo<Spoiled>& info) {
  std::string name = info.param.rule;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class LintRules : public ::testing::TestWithParam<Spoiled> {};

TEST_P(LintRules, FindWhatIsSpoiled) {
  Dashboard dashboard = dashboards().front();
  ASSERT_EQ(dashboard.file, "gradus-ingest.json");
  dashboard.json = dashboard.json.patch(GetParam().patch);
  for (const LintRule& rule : all_rules()) {
    if (rule.name == GetParam().rule) {
      EXPECT_THAT(rule.check(dashboard), Not(IsEmpty())) << rule.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EachRule, LintRules, ::testing::ValuesIn(spoiled()), name_of_spoiled);

TEST(LintRules, HaveEachAWayToBeSpoiled) {
  std::vector<std::string> rules, tried;
  for (const LintRule& rule : all_rules()) rules.emplace_back(rule.name);
  for (const Spoiled& one : spoiled()) tried.push_back(one.rule);
  EXPECT_EQ(rules, tried);
}

}  // namespace
}  // namespace gradus::test
