#include "judge/record_reader.h"

#include <array>

#include "judge/wire_reader.h"

namespace gradus {
namespace {

constexpr std::size_t kLength = 8, kChecksum = 4;

constexpr std::array<std::uint32_t, 256> make_table() {
  constexpr std::uint32_t kReflectedPolynomial = 0x82F63B78u;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit)
      value = (value >> 1) ^ ((value & 1) != 0 ? kReflectedPolynomial : 0);
    table[byte] = value;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

std::uint32_t masked(std::uint32_t crc) { return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u; }

bool holds(std::string_view bytes, std::string_view checksum) {
  return masked(crc32c(bytes)) == little_endian(checksum);
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes)
    crc = kTable[(crc ^ static_cast<std::uint8_t>(byte)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

std::optional<RecordReader::Record> RecordReader::next() {
  if (at_ >= file_.size()) return std::nullopt;
  Record record{.number = ++number_, .position = at_, .data = {}};
  const auto ends_with = [&](State state) {
    record.state = state;
    at_ = file_.size();
    return record;
  };
  const std::string_view rest = file_.substr(at_);
  if (rest.size() < kLength + kChecksum) return ends_with(State::kCutOff);
  if (!holds(rest.substr(0, kLength), rest.substr(kLength, kChecksum)))
    return ends_with(State::kBadLength);
  const std::uint64_t length = little_endian(rest.substr(0, kLength));
  const std::string_view body = rest.substr(kLength + kChecksum);
  if (body.size() < kChecksum || length > body.size() - kChecksum) return ends_with(State::kCutOff);
  record.data = body.substr(0, length);
  if (!holds(record.data, body.substr(length, kChecksum))) record.state = State::kBadData;
  at_ += kLength + kChecksum + length + kChecksum;
  return record;
}

}  // namespace gradus
