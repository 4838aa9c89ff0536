#include "ingest/decoders/question_features.h"

#include <algorithm>

#include "base/hash.h"

namespace gradus {
namespace {

// Seeds far apart, so that place 3 from the left is no place from the right.
constexpr std::uint32_t kFromLeft = 0x10000000, kFromRight = 0x20000000, kPair = 0x30000000;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }

// Bytes of the UTF-8 character at the front.
std::size_t character_length(std::string_view text) {
  std::size_t length = text.empty() ? 0 : 1;
  while (length < text.size() && !begins_character(text[length])) ++length;
  return length;
}

}  // namespace

void append_question_features(std::string_view prompt, std::uint32_t mask, ExampleBatch& out) {
  const auto add = [&](std::string_view text, std::uint32_t seed) {
    out.slot.push_back(murmur3_32(text, seed) & mask);
    out.value.push_back(1);
  };
  auto from_right =
      static_cast<std::uint32_t>(std::count_if(prompt.begin(), prompt.end(), begins_character));
  std::uint32_t from_left = 0;
  std::size_t length = character_length(prompt);
  while (!prompt.empty()) {
    const std::size_t next_length = character_length(prompt.substr(length));
    add(prompt.substr(0, length), kFromLeft + from_left);
    add(prompt.substr(0, length), kFromRight + from_right);
    if (next_length > 0) add(prompt.substr(0, length + next_length), kPair);
    prompt.remove_prefix(length);
    length = next_length;
    ++from_left;
    --from_right;
  }
}

}  // namespace gradus
