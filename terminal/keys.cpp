#include "terminal/keys.h"

#include <array>
#include <utility>

namespace gradus {
namespace {

constexpr char kEscapeByte = '\x1b';
/// Longer than any key's sequence: what does not end by then is none.
constexpr std::size_t kLongestSequence = 16;

Key plain_key(char byte) {
  switch (byte) {
    case 'q':
    case 'Q':
      return Key::kQuit;
    case '?':
    case 'h':
      return Key::kHelp;
    case 's':
      return Key::kSort;
    case 'y':
    case 'Y':
      return Key::kYes;
    case 'k':
      return Key::kUp;
    case 'j':
      return Key::kDown;
    case 'g':
      return Key::kHome;
    case 'G':
      return Key::kEnd;
    case ' ':
    case '\r':
    case '\n':
      return Key::kEnter;
    case '\x0c':
      return Key::kRedraw;
    default:
      return Key::kOther;
  }
}

/// The key of a whole sequence behind its Escape: "[A", "OA", "[5~", "[1;5B".
Key sequence_key(std::string_view sequence) {
  constexpr std::array<std::pair<char, Key>, 4> kLetters = {
      {{'A', Key::kUp}, {'B', Key::kDown}, {'F', Key::kEnd}, {'H', Key::kHome}}};
  constexpr std::array<std::pair<std::string_view, Key>, 6> kNumbers = {{{"[1~", Key::kHome},
                                                                         {"[4~", Key::kEnd},
                                                                         {"[5~", Key::kPageUp},
                                                                         {"[6~", Key::kPageDown},
                                                                         {"[7~", Key::kHome},
                                                                         {"[8~", Key::kEnd}}};
  for (const auto& [letter, key] : kLetters)
    if (sequence.back() == letter) return key;
  for (const auto& [text, key] : kNumbers)
    if (sequence == text) return key;
  return Key::kOther;
}

/// Whether the bytes behind an Escape are a whole sequence.
bool is_whole(std::string_view sequence) {
  if (sequence.empty()) return false;
  if (sequence[0] == 'O') return sequence.size() == 2;
  if (sequence[0] != '[') return true;  // Alt with a key
  return (sequence.size() > 1 && sequence.back() >= '@' && sequence.back() <= '~') ||
         sequence.size() >= kLongestSequence;
}

}  // namespace

std::vector<Key> KeyReader::read(std::string_view bytes) {
  std::vector<Key> keys;
  for (const char byte : bytes) {
    if (pending_.empty() && byte != kEscapeByte) {
      // The bytes that continue a character are no keys of their own.
      if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) keys.push_back(plain_key(byte));
      continue;
    }
    if (byte == kEscapeByte && !pending_.empty()) {  // a new sequence, or Escape pressed twice
      keys.push_back(Key::kEscape);
      pending_.clear();
    }
    pending_ += byte;
    if (!is_whole(std::string_view(pending_).substr(1))) continue;
    const bool sequence = pending_[1] == '[' || pending_[1] == 'O';
    keys.push_back(sequence ? sequence_key(std::string_view(pending_).substr(1)) : Key::kOther);
    pending_.clear();
  }
  return keys;
}

std::vector<Key> KeyReader::settle() {
  if (pending_.empty()) return {};
  pending_.clear();
  return {Key::kEscape};
}

}  // namespace gradus
