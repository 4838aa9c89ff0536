#include "tests/dashboards/promql.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gradus::test {
namespace {

constexpr std::array<std::string_view, 6> kLabelLists = {"by",       "group_left", "group_right",
                                                         "ignoring", "on",         "without"};
constexpr std::array<std::string_view, 6> kOperators = {"and",    "atan2", "bool",
                                                        "offset", "or",    "unless"};
constexpr std::array<std::string_view, 12> kAggregations = {
    "avg", "bottomk",  "count",  "count_values", "group", "max",
    "min", "quantile", "stddev", "stdvar",       "sum",   "topk"};

template <std::size_t kSize>
bool among(const std::array<std::string_view, kSize>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':';
}

/// Walks through an expression once.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Selector> selectors() {
    for (char c = next(); c != '\0'; c = next()) {
      if (c == '"' || c == '\'') {
        take_string();
      } else if (c == '$' || std::isdigit(static_cast<unsigned char>(c)) != 0) {
        ++at_;
        take_word();
      } else if (is_word(c)) {
        name(take_word());
      } else if (c == '{') {
        take_selector({});
      } else if (c == '[') {
        take_until(']');  // of a subquery
      } else {
        parenthesis(c);
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  /// The next character that is not blank, where it stands; 0 at the end.
  char next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  std::string take_word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  std::string take_until(char end) {
    const std::size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != end) ++at_;
    return std::string(text_.substr(start, std::min(at_++, text_.size()) - start));
  }

  std::string take_string() { return take_until(text_[at_]); }

  void name(std::string word) {
    if (among(kLabelLists, word)) {
      if (next() == '(') take_until(')');
    } else if (among(kAggregations, word)) {
      function_ = std::move(word);
    } else if (word != "Inf" && word != "NaN" && !among(kOperators, word)) {
      if (next() == '(') {
        function_ = std::move(word);
      } else {
        take_selector(std::move(word));
      }
    }
  }

  void parenthesis(char c) {
    if (c == '(') around_.push_back(std::exchange(function_, {}));
    if (c == ')' && !around_.empty()) around_.pop_back();
  }

  void take_selector(std::string metric) {
    Selector selector{.metric = std::move(metric), .matchers = {}, .range = {}, .function = {}};
    if (!around_.empty()) selector.function = around_.back();
    if (next() == '{') {
      ++at_;
      while (next() != '\0' && text_[at_] != '}') selector.matchers.push_back(take_matcher());
      ++at_;
    }
    if (next() == '[') selector.range = take_until(']');
    found_.push_back(std::move(selector));
  }

  Matcher take_matcher() {
    Matcher matcher;
    matcher.label = take_word();
    for (char c = next(); c == '=' || c == '!' || c == '~'; c = text_[++at_]) matcher.op += c;
    if (const char quote = next(); quote == '"' || quote == '\'') matcher.value = take_string();
    if (next() != '}') ++at_;  // a comma
    return matcher;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string function_;             // named, its parenthesis not open yet
  std::vector<std::string> around_;  // the functions of the open parentheses
  std::vector<Selector> found_;
};

}  // namespace

bool Selector::has(std::string_view label, std::string_view op, std::string_view value) const {
  return std::any_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
    return matcher.label == label && matcher.op == op && matcher.value == value;
  });
}

std::vector<Selector> selectors_of(std::string_view expression) {
  return Reader(expression).selectors();
}

bool is_balanced(std::string_view expression) {
  constexpr std::string_view kOpening = "([{";
  constexpr std::string_view kClosing = ")]}";
  std::string open;
  char quote = '\0';
  for (const char c : expression) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (kOpening.find(c) != std::string_view::npos) {
      open += c;
    } else if (const auto kind = kClosing.find(c); kind != std::string_view::npos) {
      if (open.empty() || open.back() != kOpening[kind]) return false;
      open.pop_back();
    }
  }
  return open.empty() && quote == '\0';
}

}  // namespace gradus::test
