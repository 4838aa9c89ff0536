#include "learner/learners/transformer_vocabulary.h"

#include <array>
#include <cstddef>

#include "base/text.h"

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

/// "letter 'm' at 1 of the prompt ..."; empty where every character is known.
std::string unknown_in(std::string_view text, std::string_view what) {
  std::vector<Token> known;
  if (tokenize(text, known)) return {};
  std::size_t at = 0;
  for (const Token token : known) at += kTexts[token].size();
  std::size_t end = at + 1;  // past the bytes of one character of UTF-8
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return "character '" + json_escaped(text.substr(at, end - at)) + "' at " +
         std::to_string(at + 1) + " of the " + std::string(what) +
         " is not in the transformer's vocabulary: digits, + - * ( ) = x , the space, and the "
         "words max, next, copy, odd, gcd, mod";
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

std::string explain_transformer_text(std::string_view prompt, std::string_view answer) {
  if (std::string unknown = unknown_in(prompt, "prompt"); !unknown.empty()) return unknown;
  if (std::string unknown = unknown_in(answer, "answer"); !unknown.empty()) return unknown;
  return "prompt and answer have " + std::to_string(count_tokens(prompt) + count_tokens(answer)) +
         " characters and words, the transformer takes " + std::to_string(kMaxInputTokens);
}

}  // namespace gradus
