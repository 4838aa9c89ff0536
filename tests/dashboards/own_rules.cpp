// Rules of this project for dashboards.
#include <algorithm>
#include <array>
#include <set>

#include "tests/dashboards/lint_rules.h"

namespace gradus::test {
namespace {

using nlohmann::json;

Findings check_ids(const Dashboard& dashboard) {
  Findings findings;
  std::set<json> taken;
  for (const json& panel : panels_of(dashboard.json)) {
    if (!taken.insert(panel.value("id", json())).second) {
      findings.push_back("panel " + panel.value("title", "") + " has an id that is taken");
    }
  }
  return findings;
}

struct Place {
  int x = 0, y = 0, w = 0, h = 0;
};

Place place_of(const json& panel) {
  const json& at = panel.at("gridPos");
  return {at.at("x"), at.at("y"), at.at("w"), at.at("h")};
}

bool overlap(const Place& a, const Place& b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/// Panels that leave the grid of 24 columns, or lie on an earlier one of the same list.
void check_list(const json& panels, Findings& findings) {
  constexpr int kColumns = 24;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Place place = place_of(panels[i]);
    const std::string title = "panel " + panels[i].value("title", "");
    if (place.x < 0 || place.w < 1 || place.h < 1 || place.x + place.w > kColumns) {
      findings.push_back(title + " leaves the grid");
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (overlap(place, place_of(panels[k]))) {
        findings.push_back(title + " lies on " + panels[k].value("title", ""));
      }
    }
    if (panels[i].contains("panels")) check_list(panels[i].at("panels"), findings);
  }
}

Findings check_grid(const Dashboard& dashboard) {
  Findings findings;
  check_list(dashboard.json.at("panels"), findings);
  return findings;
}

Findings check_variables(const Dashboard& dashboard) {
  std::set<std::string> defined = {"__all", "__interval", "__interval_ms", "__range",
                                   "__rate_interval"};
  for (const json& variable : dashboard.json.at("templating").at("list")) {
    defined.insert(variable.at("name"));
  }
  Findings findings;
  for (const std::string& name : variables_in(dashboard.json.dump())) {
    if (!defined.contains(name)) findings.push_back("variable " + name + " is not defined");
  }
  return findings;
}

Findings check_no_value(const Dashboard& dashboard) {
  Findings findings;
  for (const json& panel : panels_of(dashboard.json)) {
    if (panel.at("type") == "row") continue;
    if (panel.at("fieldConfig").at("defaults").value("noValue", "").empty()) {
      findings.push_back("panel " + panel.value("title", "") + " says nothing when it is empty");
    }
  }
  return findings;
}

/// What Grafana 11 and later take as it is, and what must not depend on who imports it.
Findings check_model(const Dashboard& dashboard) {
  Findings findings;
  const json& found = dashboard.json;
  if (found.value("schemaVersion", 0) != 39) findings.emplace_back("schemaVersion is not 39");
  if (!found.value("id", json(0)).is_null()) findings.emplace_back("id is not null");
  if (found.value("uid", "") + ".json" != dashboard.file) {
    findings.emplace_back("the uid is not the name of the file");
  }
  if (found.contains("__inputs")) findings.emplace_back("__inputs are for imports by hand");
  if (found.value("tags", json()) != json{"gradus"}) findings.emplace_back("the tag is not gradus");
  return findings;
}

}  // namespace

std::span<const LintRule> own_rules() {
  static constexpr std::array<LintRule, 5> kRules = {{
      {"ids", check_ids},
      {"grid", check_grid},
      {"variables", check_variables},
      {"no-value", check_no_value},
      {"model", check_model},
  }};
  return kRules;
}

}  // namespace gradus::test
