#include "tests/judge/event_bytes.h"

#include <bit>

#include "judge/record_reader.h"

namespace gradus::test {
namespace {

std::string fixed(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string checksum_of(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return fixed(((crc >> 15) | (crc << 17)) + 0xA282EAD8u, 4);
}

std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
  return out + static_cast<char>(value);
}

/// Key and bytes of a field of wire type 2.
std::string field(std::uint32_t number, const std::string& bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}

}  // namespace

std::string record_of(std::string_view data) {
  const std::string length = fixed(data.size(), 8);
  return length + checksum_of(length) + std::string(data) + checksum_of(data);
}

std::string event_of(std::int64_t step, std::string_view tag, float value) {
  const std::string simple = varint(2 << 3 | 5) + fixed(std::bit_cast<std::uint32_t>(value), 4);
  const std::string summary = field(1, field(1, std::string(tag)) + simple);
  return varint(2 << 3) + varint(static_cast<std::uint64_t>(step)) + field(5, summary);
}

}  // namespace gradus::test
