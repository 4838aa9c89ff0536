// The rules of Grafana's dashboard linter, written anew after its documentation.
#include <algorithm>
#include <array>
#include <regex>

#include "tests/dashboards/lint_rules.h"
#include "tests/dashboards/promql.h"

namespace gradus::test {
namespace {

using nlohmann::json;

constexpr const char* kSource = "${datasource}";

json variable_of(const Dashboard& dashboard, std::string_view name) {
  for (const json& variable : dashboard.json.at("templating").at("list")) {
    if (variable.at("name") == name) return variable;
  }
  return json::object();
}

/// A finding for each key that has another value.
Findings differing(const std::string& place, const json& found, const json& wanted) {
  Findings findings;
  for (const auto& [key, value] : wanted.items()) {
    const json actual = found.value(key, json());
    if (actual != value) {
      findings.push_back(place + ": " + key + " is " + actual.dump() + ", not " + value.dump());
    }
  }
  return findings;
}

Findings check_datasource_variable(const Dashboard& dashboard) {
  return differing("variable datasource", variable_of(dashboard, "datasource"),
                   {{"type", "datasource"}, {"query", "prometheus"}, {"label", "Data source"}});
}

Findings check_target_variable(const Dashboard& dashboard, const std::string& name,
                               const std::string& label) {
  const json variable = variable_of(dashboard, name);
  Findings findings = differing("variable " + name, variable,
                                {{"type", "query"},
                                 {"label", label},
                                 {"multi", true},
                                 {"includeAll", true},
                                 {"allValue", ".+"}});
  if (variable.value("/datasource/uid"_json_pointer, "") != kSource) {
    findings.push_back("variable " + name + " has a data source of its own");
  }
  return findings;
}

Findings check_job_variable(const Dashboard& dashboard) {
  return check_target_variable(dashboard, "job", "Job");
}

Findings check_instance_variable(const Dashboard& dashboard) {
  return check_target_variable(dashboard, "instance", "Instance");
}

template <typename Check>
Findings for_queried_variables(const Dashboard& dashboard, const Check& check) {
  Findings findings;
  for (const json& variable : dashboard.json.at("templating").at("list")) {
    if (variable.at("type") != "query" || check(variable)) continue;
    findings.push_back("variable " + variable.value("name", ""));
  }
  return findings;
}

Findings check_label_queries(const Dashboard& dashboard) {
  return for_queried_variables(dashboard, [](const json& variable) {
    std::smatch match;
    const std::string query = variable.at("query").at("query");
    return std::regex_match(query, match, std::regex(R"(label_values\((.+), (\w+)\))")) &&
           is_balanced(match.str(1)) && selectors_of(match.str(1)).size() == 1;
  });
}

Findings check_reload(const Dashboard& dashboard) {
  constexpr int kWhenTheTimeRangeChanges = 2;
  return for_queried_variables(dashboard, [](const json& variable) {
    return variable.value("refresh", 0) == kWhenTheTimeRangeChanges;
  });
}

/// The titles, or the types, of the panels that do not pass; rows are none.
template <typename Check>
Findings for_panels(const Dashboard& dashboard, const Check& check) {
  Findings findings;
  for (const json& panel : panels_of(dashboard.json)) {
    if (panel.at("type") == "row" || check(panel)) continue;
    findings.push_back("panel " + panel.value("title", panel.at("type").get<std::string>()));
  }
  return findings;
}

Findings check_panel_datasource(const Dashboard& dashboard) {
  return for_panels(dashboard, [](const json& panel) {
    return panel.value("/datasource/uid"_json_pointer, "") == kSource;
  });
}

Findings check_title_and_description(const Dashboard& dashboard) {
  return for_panels(dashboard, [](const json& panel) {
    return !panel.value("title", "").empty() && !panel.value("description", "").empty();
  });
}

Findings check_units(const Dashboard& dashboard) {
  // Those of Grafana's units that we use.
  constexpr std::array<std::string_view, 9> kUnits = {"Bps",         "bytes", "cps", "none", "ops",
                                                      "percentunit", "reqps", "s",   "short"};
  const auto known = [&](const json& unit) {
    return unit.is_string() &&
           std::find(kUnits.begin(), kUnits.end(), unit.get<std::string>()) != kUnits.end();
  };
  return for_panels(dashboard, [&](const json& panel) {
    const json config = panel.value("fieldConfig", json::object());
    if (!known(config.value("/defaults/unit"_json_pointer, json()))) return false;
    for (const json& override : config.value("overrides", json::array())) {
      for (const json& property : override.at("properties")) {
        if (property.at("id") == "unit" && !known(property.at("value"))) return false;
      }
    }
    return true;
  });
}

Findings check_has_targets(const Dashboard& dashboard) {
  return for_panels(
      dashboard, [](const json& panel) { return !panel.value("targets", json::array()).empty(); });
}

/// The places of the selectors of panels that do not pass.
template <typename Check>
Findings for_selectors(const Dashboard& dashboard, const Check& check) {
  Findings findings;
  for (const Asked& asked : targets_of(dashboard)) {
    for (const Selector& selector : selectors_of(asked.expression)) {
      if (!check(selector)) findings.push_back(asked.place + ": " + selector.metric);
    }
  }
  return findings;
}

/// What can be said without a parser; tools_test.cpp gives every expression to promtool.
Findings check_promql(const Dashboard& dashboard) {
  Findings findings;
  for (const Asked& asked : targets_of(dashboard)) {
    if (selectors_of(asked.expression).empty() || !is_balanced(asked.expression)) {
      findings.push_back(asked.place + ": " + asked.expression);
    }
  }
  return findings;
}

Findings check_rate_interval(const Dashboard& dashboard) {
  return for_selectors(dashboard, [](const Selector& selector) {
    return selector.range.empty() || selector.range == "$__rate_interval" ||
           (selector.function != "rate" && selector.function != "irate");
  });
}

Findings check_job(const Dashboard& dashboard) {
  return for_selectors(dashboard,
                       [](const Selector& selector) { return selector.has("job", "=~", "$job"); });
}

Findings check_instance(const Dashboard& dashboard) {
  return for_selectors(dashboard, [](const Selector& selector) {
    return selector.has("instance", "=~", "$instance");
  });
}

Findings check_counters(const Dashboard& dashboard) {
  constexpr std::array<std::string_view, 3> kTaken = {"increase", "irate", "rate"};
  return for_selectors(dashboard, [&](const Selector& selector) {
    return !selector.metric.ends_with("_total") ||
           (!selector.range.empty() &&
            std::find(kTaken.begin(), kTaken.end(), selector.function) != kTaken.end());
  });
}

Findings check_not_editable(const Dashboard& dashboard) {
  return differing("dashboard", dashboard.json, {{"editable", false}});
}

}  // namespace

std::span<const LintRule> linter_rules() {
  static constexpr std::array<LintRule, 15> kRules = {{
      {"template-datasource-rule", check_datasource_variable},
      {"template-job-rule", check_job_variable},
      {"template-instance-rule", check_instance_variable},
      {"template-label-promql-rule", check_label_queries},
      {"template-on-time-change-reload-rule", check_reload},
      {"panel-datasource-rule", check_panel_datasource},
      {"panel-title-description-rule", check_title_and_description},
      {"panel-units-rule", check_units},
      {"panel-no-targets-rule", check_has_targets},
      {"target-promql-rule", check_promql},
      {"target-rate-interval-rule", check_rate_interval},
      {"target-job-rule", check_job},
      {"target-instance-rule", check_instance},
      {"target-counter-agg-rule", check_counters},
      {"uneditable-dashboard-rule", check_not_editable},
  }};
  return kRules;
}

}  // namespace gradus::test
