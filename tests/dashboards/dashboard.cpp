#include "tests/dashboards/dashboard.h"

#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/support/temp_dir.h"

namespace gradus::test {

using nlohmann::json;

std::vector<Dashboard> dashboards() {
  std::vector<Dashboard> found;
  for (const auto& entry : std::filesystem::directory_iterator("dashboards/grafana")) {
    if (entry.path().extension() != ".json") continue;
    found.push_back({entry.path().filename(), json::parse(read_file(entry.path()))});
  }
  std::sort(found.begin(), found.end(),
            [](const Dashboard& a, const Dashboard& b) { return a.file < b.file; });
  return found;
}

std::vector<json> panels_of(const json& dashboard) {
  std::vector<json> panels;
  for (const json& panel : dashboard.at("panels")) {
    panels.push_back(panel);
    for (const json& inner : panel.value("panels", json::array())) panels.push_back(inner);
  }
  return panels;
}

std::vector<Asked> targets_of(const Dashboard& dashboard) {
  std::vector<Asked> asked;
  for (const json& panel : panels_of(dashboard.json)) {
    for (const json& target : panel.value("targets", json::array())) {
      asked.push_back(
          {dashboard.file + ", " + panel.value("title", "") + ", " + target.value("refId", ""),
           target.value("expr", ""),
           target.value("instant", false) ? Asked::Kind::kNow : Asked::Kind::kOverTime});
    }
  }
  return asked;
}

std::vector<Asked> expressions_of(const Dashboard& dashboard) {
  std::vector<Asked> asked = targets_of(dashboard);
  const std::regex listed(R"(label_values\((.*), *\w+\))");
  for (const json& variable : dashboard.json.at("templating").at("list")) {
    if (variable.at("type") != "query") continue;
    const std::string definition = variable.at("definition");
    std::smatch match;
    const bool known = std::regex_match(definition, match, listed);
    asked.push_back({dashboard.file + ", variable " + variable.value("name", ""),
                     known ? match.str(1) : definition, Asked::Kind::kNow});
  }
  for (const json& annotation : dashboard.json.at("annotations").at("list")) {
    asked.push_back({dashboard.file + ", annotation " + annotation.value("name", ""),
                     annotation.at("expr"), Asked::Kind::kOverTime});
  }
  return asked;
}

std::vector<std::string> variables_in(const std::string& text) {
  const std::regex variable(R"(\$\{?(\w+))");
  std::vector<std::string> names;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), variable);
       at != std::sregex_iterator(); ++at) {
    names.push_back(at->str(1));
  }
  return names;
}

}  // namespace gradus::test
