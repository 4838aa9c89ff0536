#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus::test {

/// A record of the arithmetic ladder, taken apart.
struct ArithmeticRecord {
  std::string task, prompt, answer;
};

/// Takes a record apart; the fields are empty where it does not have exactly the documented form.
ArithmeticRecord take_apart(std::string_view record);

/// The answer to a prompt, found by reading it: an evaluator of its own, with precedence and
/// brackets, that shares nothing with the generator. -1 where it cannot be read.
int answer_of(std::string_view prompt);

/// The prompt and every other order of its operands that asks the same by commutativity.
std::vector<std::string> twins(std::string_view prompt);

}  // namespace gradus::test
