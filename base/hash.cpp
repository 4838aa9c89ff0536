#include "base/hash.h"

#include <array>
#include <bit>
#include <cstring>

namespace gradus {
namespace {

constexpr std::uint64_t kFnvPrime = 1099511628211ull;
constexpr std::uint64_t kHoldoutStart = 1469598103934665603ull;
constexpr std::uint64_t kHoldoutMultiplier = 0xD6E8FEB86659FD93ull;

constexpr std::uint32_t kMurmurC1 = 0xCC9E2D51;
constexpr std::uint32_t kMurmurC2 = 0x1B873593;

constexpr std::uint32_t scramble(std::uint32_t block) {
  return std::rotl(block * kMurmurC1, 15) * kMurmurC2;
}

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  constexpr std::uint32_t kReversedPolynomial = 0xEDB88320;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? kReversedPolynomial : 0);
    }
    table[byte] = remainder;
  }
  return table;
}

constexpr auto kCrcTable = make_crc_table();

}  // namespace

std::uint32_t murmur3_32(std::string_view bytes, std::uint32_t seed) {
  std::uint32_t hash = seed;
  std::string_view rest = bytes;
  for (; rest.size() >= 4; rest.remove_prefix(4)) {
    std::uint32_t block = 0;
    std::memcpy(&block, rest.data(), sizeof(block));
    hash = std::rotl(hash ^ scramble(block), 13) * 5 + 0xE6546B64;
  }
  std::uint32_t tail = 0;
  rest.copy(reinterpret_cast<char*>(&tail), rest.size());
  hash ^= scramble(tail);
  hash ^= static_cast<std::uint32_t>(bytes.size());
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
  return hash ^ (hash >> 16);
}

std::uint64_t holdout_hash(std::string_view canonical) {
  std::uint64_t hash = fnv1a_64(canonical, kHoldoutStart);
  hash = (hash ^ (hash >> 32)) * kHoldoutMultiplier;
  return hash ^ (hash >> 32);
}

std::uint64_t fnv1a_64(std::string_view bytes, std::uint64_t start) {
  std::uint64_t hash = start;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * kFnvPrime;
  return hash;
}

std::uint32_t crc32(std::string_view bytes, std::uint32_t crc) {
  std::uint32_t remainder = ~crc;
  for (const char byte : bytes) {
    remainder = kCrcTable[(remainder ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (remainder >> 8);
  }
  return ~remainder;
}

}  // namespace gradus
