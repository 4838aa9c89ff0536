#include "judge/wire_reader.h"

#include <bit>

namespace gradus {

std::optional<WireField> WireReader::next() {
  if (broken_ || rest_.empty()) return std::nullopt;
  const auto key = varint();
  if (!key) return std::nullopt;
  WireField field{.number = static_cast<std::uint32_t>(*key >> 3),
                  .type = static_cast<WireField::Type>(*key & 7),
                  .bytes = {}};
  std::optional<std::uint64_t> value;
  switch (field.type) {
    case WireField::Type::kVarint:
      value = varint();
      break;
    case WireField::Type::kFixed64:
      value = fixed(8);
      break;
    case WireField::Type::kFixed32:
      value = fixed(4);
      break;
    case WireField::Type::kBytes:
      if (const auto size = varint())
        if (const auto bytes = take(*size)) {
          field.bytes = *bytes;
          value = *size;
        }
      break;
  }
  broken_ = broken_ || !value || field.number == 0;
  if (broken_) return std::nullopt;
  field.value = *value;
  return field;
}

std::optional<std::uint64_t> WireReader::varint() {
  constexpr unsigned kMostBits = 64;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < kMostBits && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  broken_ = true;
  return std::nullopt;
}

std::optional<std::uint64_t> WireReader::fixed(std::size_t bytes) {
  const auto taken = take(bytes);
  return taken ? std::optional(little_endian(*taken)) : std::nullopt;
}

std::optional<std::string_view> WireReader::take(std::uint64_t bytes) {
  if (bytes > rest_.size()) {
    broken_ = true;
    return std::nullopt;
  }
  const std::string_view taken = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return taken;
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

float float_of(std::uint64_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

double double_of(std::uint64_t bits) { return std::bit_cast<double>(bits); }

}  // namespace gradus
