#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace gradus::test {

/// One recording rule or alert of a rule file.
struct Rule {
  std::string name;  ///< of the recorded series or of the alert
  std::string expression;
  std::string wait;  ///< `for`; empty for recorded series
  std::string severity;
  std::map<std::string, std::string> annotations;
};

/// The rules of a file of dashboards/prometheus, in order. Run tests from the root of the project.
std::vector<Rule> rules_of(const std::string& file);

/// The names of these rules.
std::set<std::string> names_of(const std::vector<Rule>& rules);

/// The names that docs/metrics.md lists, with those of the series that a histogram consists of.
std::set<std::string> documented_series();
/// The names that docs/metrics.md lists.
std::set<std::string> documented_metrics();

}  // namespace gradus::test
