#include "tests/ladders/arithmetic_oracle.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace gradus::test {
namespace {

/// Recursive descent over sums of products of numbers and brackets.
class Expression {
 public:
  explicit Expression(std::string_view text) : rest_(text) {}

  int sum() {
    int value = product();
    while (next_is('+') || next_is('-')) {
      const char sign = take();
      const int other = product();
      value = sign == '+' ? value + other : value - other;
    }
    return value;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  int product() {
    int value = factor();
    while (next_is('*')) {
      take();
      value *= factor();
    }
    return value;
  }
  int factor() {
    if (next_is('(')) {
      take();
      const int value = sum();
      if (next_is(')')) take();
      return value;
    }
    int value = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9')
      value = value * 10 + (take() - '0');
    return value;
  }
  bool next_is(char c) const { return !rest_.empty() && rest_[0] == c; }
  char take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
};

int evaluate(std::string_view text) {
  Expression expression(text);
  const int value = expression.sum();
  return expression.at_end() ? value : -1;
}

}  // namespace

ArithmeticRecord take_apart(std::string_view record) {
  constexpr std::string_view kTask = R"({"task":")";
  constexpr std::string_view kPrompt = R"(","prompt":")";
  constexpr std::string_view kAnswer = R"(=","answer":")";
  constexpr std::string_view kEnd = R"("})";
  const std::size_t prompt = record.find(kPrompt);
  const std::size_t answer = record.find(kAnswer);
  if (!record.starts_with(kTask) || !record.ends_with(kEnd) || prompt == std::string_view::npos ||
      answer == std::string_view::npos) {
    return {};
  }
  const auto between = [record](std::size_t begin, std::size_t end) {
    return std::string(record.substr(begin, end - begin));
  };
  ArithmeticRecord parts{.task = between(kTask.size(), prompt),
                         .prompt = between(prompt + kPrompt.size(), answer),
                         .answer = between(answer + kAnswer.size(), record.size() - kEnd.size())};
  const bool plain =
      (parts.task + parts.prompt + parts.answer).find_first_of("\"\\") == std::string::npos;
  return plain ? parts : ArithmeticRecord{};
}

int answer_of(std::string_view prompt) {
  const std::string text(prompt);
  int a = 0, b = 0, c = 0;
  if (std::sscanf(text.c_str(), "copy %d", &a) == 1) return a;
  if (std::sscanf(text.c_str(), "next %d", &a) == 1) return a + 1;
  if (std::sscanf(text.c_str(), "odd %d", &a) == 1) return a & 1;
  if (std::sscanf(text.c_str(), "max %d %d %d", &a, &b, &c) == 3) return std::max({a, b, c});
  if (std::sscanf(text.c_str(), "gcd %d %d", &a, &b) == 2) return std::gcd(a, b);
  if (std::sscanf(text.c_str(), "%dx+%d=%d,x", &a, &b, &c) == 3) {
    return (c - b) % a == 0 ? (c - b) / a : -1;
  }
  const std::size_t mod = text.find(" mod ");
  if (mod == std::string::npos) return evaluate(text);
  return evaluate(prompt.substr(0, mod)) % std::stoi(text.substr(mod + 5));
}

std::vector<std::string> twins(std::string_view prompt) {
  const std::string text(prompt);
  const auto mirrored = [](std::string_view head, int left, std::string_view sign, int right) {
    return std::string(head) + std::to_string(right) + std::string(sign) + std::to_string(left);
  };
  std::vector<std::string> all{text};
  int a = 0, b = 0, c = 0, read = 0;
  const auto whole = [&] { return read == static_cast<int>(text.size()); };
  if (std::sscanf(text.c_str(), "%d+%d%n", &a, &b, &read) == 2) {
    const std::string rest = text.substr(static_cast<std::size_t>(read));
    const bool commutes = rest.empty() || rest[0] == '-' || rest.starts_with(" mod ");
    if (commutes) all.push_back(mirrored("", a, "+", b) + rest);
  }
  if (std::sscanf(text.c_str(), "%d*%d%n", &a, &b, &read) == 2 && whole()) {
    all.push_back(mirrored("", a, "*", b));
  }
  if (std::sscanf(text.c_str(), "gcd %d %d%n", &a, &b, &read) == 2 && whole()) {
    all.push_back(mirrored("gcd ", a, " ", b));
  }
  if (std::sscanf(text.c_str(), "max %d %d %d", &a, &b, &c) == 3) {
    std::vector<int> digits{a, b, c};
    std::sort(digits.begin(), digits.end());
    do {
      all.push_back("max " + std::to_string(digits[0]) + " " + std::to_string(digits[1]) + " " +
                    std::to_string(digits[2]));
    } while (std::next_permutation(digits.begin(), digits.end()));
  }
  return all;
}

}  // namespace gradus::test
