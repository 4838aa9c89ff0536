#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gradus {

/// A 64-bit digest of bytes that come in parts; how they were cut makes no difference. It finds
/// accidents, two texts agree by chance once in 2^64, and resists no attacker.
/// Its values are part of the checkpoint format and never change.
/// Cost: eight multiplications for 32 bytes; a copy is 80 bytes.
class Digest {
 public:
  void add(std::string_view bytes);
  /// Adds the length, then the bytes: what follows cannot be mistaken for a part of them.
  void add_field(std::string_view bytes);
  /// The digest of all bytes so far.
  std::uint64_t value() const;
  /// How many they are.
  std::uint64_t size() const { return size_; }

 private:
  static constexpr std::size_t kBlock = 32;

  void mix(const char* block);

  std::array<std::uint64_t, 4> lanes_{0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0,
                                      0x082EFA98EC4E6C89};  // digits of pi
  std::uint64_t size_ = 0;
  std::array<char, kBlock> rest_{};  // the last size_ % kBlock bytes, not yet mixed
};

}  // namespace gradus
