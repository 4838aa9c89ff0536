#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/record.h"

namespace gradus {

/// A token of the transformer's vocabulary: digits, `+ - * ( ) =`, space, `x`, `,`, six words, end.
/// The space after a word belongs to it ("copy "), both spaces of " mod " too.
using Token = std::uint8_t;
inline constexpr int kVocabulary = 26;
inline constexpr Token kEndToken = 25;
/// The longest input: prompt and answer together; the end token is a target only.
inline constexpr int kMaxInputTokens = 16;

/// The characters of a token; empty for the end token.
std::string_view token_text(Token token);

/// Appends the tokens of `text`, the longest match first; false at the first character that no
/// token begins with, with the tokens before it appended.
bool tokenize(std::string_view text, std::vector<Token>& out);

/// Says whether the transformer can take a question: kMissingField where prompt or answer is empty,
/// kUnknownCharacter, or kTooLong above kMaxInputTokens.
/// Cost: O(characters), no allocation.
Reject check_transformer_text(std::string_view prompt, std::string_view answer);

/// What is wrong with a question that check_transformer_text refused: the character and where it
/// stands, or how many tokens it has.
std::string explain_transformer_text(std::string_view prompt, std::string_view answer);

}  // namespace gradus
