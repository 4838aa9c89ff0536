#include "tests/dashboards/placeholders.h"

#include <array>
#include <regex>
#include <utility>

namespace gradus::test {

std::string with_placeholders(std::string expression) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kValues = {{
      {"rate_interval", "10s"},
      {"interval_ms", "5000"},
      {"interval", "5s"},
      {"range", "15m"},
      {"job", ".+"},
      {"instance", ".+"},
      {"run", ".+"},
      {"(tier|task)", ".+"},
      {"topic", ".+"},
  }};
  for (const auto& [name, value] : kValues) {
    expression =
        std::regex_replace(expression, std::regex("\\$(__)?" + std::string(name) + "\\b"), value);
  }
  return expression;
}

}  // namespace gradus::test
