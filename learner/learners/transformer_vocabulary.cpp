#include "learner/learners/transformer_vocabulary.h"

#include <array>
#include <cstddef>

namespace gradus {
namespace {

constexpr std::array<std::string_view, kVocabulary> kTexts = {
    "0", "1", "2", "3", "4", "5", "6",    "7",     "8",     "9",    "+",    "-",     "*",
    "(", ")", "=", " ", "x", ",", "max ", "next ", "copy ", "odd ", "gcd ", " mod ", ""};
constexpr Token kFirstWord = 19;
constexpr Token kNone = 255;

constexpr std::array<Token, 256> single_characters() {
  std::array<Token, 256> table{};
  table.fill(kNone);
  for (Token token = 0; token < kFirstWord; ++token) {
    table[static_cast<unsigned char>(kTexts[token][0])] = token;
  }
  return table;
}
constexpr std::array<Token, 256> kSingle = single_characters();

/// The token that `text` begins with, or kNone; `text` is not empty.
Token first_token(std::string_view text) {
  // Only a letter or the space of " mod " can begin a word.
  if (text[0] == ' ' || text[0] > '9') {
    for (Token word = kFirstWord; word < kEndToken; ++word) {
      if (text.starts_with(kTexts[word])) return word;
    }
  }
  return kSingle[static_cast<unsigned char>(text[0])];
}

/// Number of tokens in `text`, or a negative number where a character is unknown.
int count_tokens(std::string_view text) {
  int count = 0;
  while (!text.empty()) {
    const Token token = first_token(text);
    if (token == kNone) return -1;
    text.remove_prefix(kTexts[token].size());
    ++count;
  }
  return count;
}

}  // namespace

std::string_view token_text(Token token) { return kTexts[token]; }

bool tokenize(std::string_view text, std::vector<Token>& out) {
  while (!text.empty()) {
    const Token token = first_token(text);
    if (token == kNone) return false;
    out.push_back(token);
    text.remove_prefix(kTexts[token].size());
  }
  return true;
}

Reject check_transformer_text(std::string_view prompt, std::string_view answer) {
  if (prompt.empty() || answer.empty()) return Reject::kMissingField;
  const int in_prompt = count_tokens(prompt);
  const int in_answer = count_tokens(answer);
  if (in_prompt < 0 || in_answer < 0) return Reject::kUnknownCharacter;
  return in_prompt + in_answer > kMaxInputTokens ? Reject::kTooLong : Reject::kNone;
}

}  // namespace gradus
