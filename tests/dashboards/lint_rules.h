#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/dashboards/dashboard.h"

namespace gradus::test {

/// What is wrong with a dashboard, each with its place.
using Findings = std::vector<std::string>;

/// One rule for a dashboard.
struct LintRule {
  std::string_view name;
  Findings (*check)(const Dashboard& dashboard);
};

/// The rules of Grafana's dashboard linter but for the two that are about Loki, under its names.
std::span<const LintRule> linter_rules();

/// Rules of this project: ids, places, variables, and what an empty panel says.
std::span<const LintRule> own_rules();

}  // namespace gradus::test
