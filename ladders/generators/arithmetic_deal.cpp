#include "ladders/generators/arithmetic_deal.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/hash.h"

namespace gradus::arithmetic {
namespace {

/// A smaller `count` is dealt from as large a draw as this one, so that it gets the same questions.
constexpr std::size_t kUsualItems = 128;
constexpr std::size_t kFewestSealed = 16;
/// So many draws without a new question mean that a task has no more of them. The rarest question
/// of a task that has fewer than 256 comes once in 1,000 draws: e^-10 that one is missed.
constexpr int kPatience = 10'000;

/// What counts as one question: its operands in order, since who learned `3+4` knows `4+3`.
std::string canonical_of(const Question& question) {
  PromptText canonical;
  canonicalize(question.prompt.view(), canonical);
  return std::string(canonical.view());
}

/// The next held-out question that `random` gives; empty where `draws` draws bring none.
bool draw_held_out(const ArithmeticTask& task, SplitMix64& random, int& draws, Question& question) {
  while (draws-- > 0) {
    question.prompt.clear();
    task.draw(random, question);
    if (is_held_out(question.prompt.view())) return true;
  }
  return false;
}

/// Different held-out questions: `most` of them or all there are.
std::vector<Question> different_questions(const ArithmeticTask& task, std::size_t most,
                                          SplitMix64& random) {
  std::vector<Question> questions;
  std::unordered_set<std::string> seen;
  Question question;
  for (int draws = kPatience; questions.size() < most && draws > 0;) {
    if (!draw_held_out(task, random, draws, question)) break;
    if (!seen.insert(canonical_of(question)).second) continue;
    questions.push_back(question);
    draws = kPatience;
  }
  return questions;
}

/// `count` questions of a task that has hardly as many different ones: operands in another order
/// make another question here.
std::vector<Question> different_prompts(const ArithmeticTask& task, std::size_t count,
                                        SplitMix64& random) {
  std::vector<Question> questions;
  std::unordered_set<std::string> seen;
  while (questions.size() < count) {
    Question question;
    task.draw(random, question);
    const std::string_view prompt = question.prompt.view();
    if (is_held_out(prompt) && seen.emplace(prompt).second) questions.push_back(question);
  }
  return questions;
}

/// Every order equally likely.
/// Source: Durstenfeld 1964, "Algorithm 235: Random permutation".
void shuffle(std::vector<Question>& questions, SplitMix64& random) {
  for (std::size_t i = questions.size(); i > 1; --i)
    std::swap(questions[i - 1], questions[random.below(i)]);
}

}  // namespace

ItemSets deal_items(const ArithmeticTask& task, std::size_t count, std::uint64_t seed) {
  SplitMix64 random(seed + fnv1a_64(task.name));
  std::vector<Question> drawn = different_questions(task, 2 * std::max(count, kUsualItems), random);
  if (drawn.size() < count + kFewestSealed) return {different_prompts(task, count, random), {}};

  // What is drawn early is what is drawn often: only a shuffle makes the two sets alike.
  shuffle(drawn, random);
  const std::size_t sealed = std::min(count, drawn.size() - count);
  const auto open_end = drawn.begin() + static_cast<std::ptrdiff_t>(count);
  return {{drawn.begin(), open_end},
          {drawn.end() - static_cast<std::ptrdiff_t>(sealed), drawn.end()}};
}

}  // namespace gradus::arithmetic
