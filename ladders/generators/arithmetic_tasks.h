#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "ladders/generator.h"

namespace gradus::arithmetic {

/// A prompt while it is written; never allocates. The longest has 12 characters.
class PromptText {
 public:
  static constexpr std::size_t kCapacity = 24;

  void clear() { size_ = 0; }
  PromptText& operator<<(std::string_view text);
  /// A number of at most four digits, not negative.
  PromptText& operator<<(int number);
  std::string_view view() const { return {characters_.data(), size_}; }

 private:
  std::array<char, kCapacity> characters_{};
  std::size_t size_ = 0;
};

/// A question with its answer. `a`, `b`, `c` are its operands in the order of the prompt.
struct Question {
  PromptText prompt;  ///< without the '=' that ends it in a record
  int answer = 0;
  int a = 0, b = 0, c = 0;
  int form = 0;  ///< of an expression: index into its four forms
};

/// A skill of the ladder: how its questions are drawn, and the facets they belong to.
struct ArithmeticTask {
  std::string_view name;
  /// Draws one question, held out or not. The order of the draws is part of the ladder's version.
  void (*draw)(SplitMix64& random, Question& question);
  /// Adds the names of the question's facets; null where the task has none.
  void (*tag)(const Question& question, std::vector<std::string>& tags);
  /// How many items there can be: its held-out prompts, or 1,000 where there are more.
  std::size_t most_items;
};

/// All tasks in the order in which streams and items draw them.
std::span<const ArithmeticTask> tasks();

/// The same tasks, as the registry tells of them.
std::span<const GeneratorTask> generator_tasks();

/// Writes the prompt with its commutative operands sorted: all of `a+b`, `a*b`, `max` and `gcd`,
/// the first two of `a+b-c` and `a+b mod m`. Any other text is copied. It must fit PromptText.
void canonicalize(std::string_view prompt, PromptText& canonical);

/// True where the canonical prompt is one of the fifth that the stream never carries. One '=' at
/// the end is ignored.
bool is_held_out(std::string_view prompt);

/// Draws until the question is on the stream's side of the hold-out.
void draw_for_stream(const ArithmeticTask& task, SplitMix64& random, Question& question);

}  // namespace gradus::arithmetic
