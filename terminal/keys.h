#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

enum class Key : std::uint8_t {
  kUp,
  kDown,
  kPageUp,
  kPageDown,
  kHome,
  kEnd,
  kEnter,  ///< or space
  kEscape,
  kQuit,
  kHelp,
  kSort,
  kYes,
  kRedraw,  ///< Ctrl-L
  kOther
};

/// Reads keys out of the bytes that a terminal sends (xterm's sequences, ECMA-48 for the rest).
/// Threads: owned by one.
class KeyReader {
 public:
  /// The keys that these bytes complete; an unknown sequence counts as one other key.
  std::vector<Key> read(std::string_view bytes);
  /// To be called when nothing has followed for a while: an Escape that still waits was the key.
  std::vector<Key> settle();
  bool waits() const { return !pending_.empty(); }

 private:
  std::string pending_;  // the beginning of a sequence
};

}  // namespace gradus
