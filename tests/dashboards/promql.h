#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus::test {

/// `label op "value"` of a selector.
struct Matcher {
  std::string label, op, value;
};

/// One place where an expression of Prometheus reads series.
struct Selector {
  std::string metric;  ///< empty where the name is not written before the braces
  std::vector<Matcher> matchers;
  std::string range;     ///< what stands between the brackets behind it, such as 5m
  std::string function;  ///< of the innermost parentheses around it, such as rate

  bool has(std::string_view label, std::string_view op, std::string_view value) const;
};

/// The selectors of an expression, in order. Reads what Gradus writes: names before braces, and no
/// label or metric that is named like an operator or a function. Variables such as
/// $__rate_interval may stand for durations, numbers and values.
std::vector<Selector> selectors_of(std::string_view expression);

/// True where quotes are closed and every bracket has its partner.
bool is_balanced(std::string_view expression);

}  // namespace gradus::test
