#include "tests/dashboards/rule_files.h"

#include <yaml-cpp/yaml.h>

#include <regex>
#include <sstream>

#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

/// Calls `take` with name and type of each metric of docs/metrics.md.
template <typename Take>
void for_documented(const Take& take) {
  const std::regex row(R"(\| `(\w+)` \| (\w+) \|.*)");
  std::istringstream lines(read_file("docs/metrics.md"));
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) take(match.str(1), match.str(2));
  }
}

}  // namespace

std::vector<Rule> rules_of(const std::string& file) {
  std::vector<Rule> rules;
  for (const YAML::Node& group : YAML::LoadFile("dashboards/prometheus/" + file)["groups"]) {
    for (const YAML::Node& node : group["rules"]) {
      Rule rule;
      rule.name = (node["alert"] ? node["alert"] : node["record"]).as<std::string>();
      rule.expression = node["expr"].as<std::string>();
      rule.wait = node["for"].as<std::string>("");
      if (node["alert"]) {
        rule.severity = node["labels"]["severity"].as<std::string>("");
        rule.annotations = node["annotations"].as<std::map<std::string, std::string>>();
      }
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

std::set<std::string> names_of(const std::vector<Rule>& rules) {
  std::set<std::string> names;
  for (const Rule& rule : rules) names.insert(rule.name);
  return names;
}

std::set<std::string> documented_series() {
  std::set<std::string> series;
  for_documented([&](const std::string& name, const std::string& type) {
    if (type == "histogram") {
      series.insert({name + "_bucket", name + "_count", name + "_sum"});
    } else {
      series.insert(name);
    }
  });
  return series;
}

std::set<std::string> documented_metrics() {
  std::set<std::string> metrics;
  for_documented([&](const std::string& name, const std::string&) { metrics.insert(name); });
  return metrics;
}

}  // namespace gradus::test
