#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gradus::test {

/// A committed dashboard.
struct Dashboard {
  std::string file;
  nlohmann::json json;
};

/// All of dashboards/grafana, by file name. Run tests from the root of the project.
std::vector<Dashboard> dashboards();

/// The panels with those inside of closed rows, rows included, from the top down.
std::vector<nlohmann::json> panels_of(const nlohmann::json& dashboard);

/// One expression and who asks it.
struct Asked {
  std::string place;  ///< file, panel and letter; variable or annotation
  std::string expression;
  enum class Kind { kOverTime, kNow } kind = Kind::kOverTime;
};

/// What the panels ask, without variables and annotations.
std::vector<Asked> targets_of(const Dashboard& dashboard);
/// What the panels, the variables and the annotations ask; of a variable, the series whose labels
/// it lists.
std::vector<Asked> expressions_of(const Dashboard& dashboard);

/// The names of the variables that a text uses, Grafana's own included.
std::vector<std::string> variables_in(const std::string& text);

}  // namespace gradus::test
