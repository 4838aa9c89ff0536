#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gradus {

/// One field of a protobuf message. Which member counts depends on `type`.
struct WireField {
  enum class Type : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };
  std::uint32_t number = 0;
  Type type = Type::kVarint;
  std::uint64_t value = 0;  ///< of kVarint, kFixed64, kFixed32
  std::string_view bytes;   ///< of kBytes: a string, a message or packed numbers
};

/// Reads the fields of one protobuf message, in the order they stand, and never beyond its end.
/// Source: protobuf.dev, "Encoding". Departure: groups, long since withdrawn, count as broken.
/// Threads: owned by one thread. Cost: O(bytes), no allocation.
class WireReader {
 public:
  explicit WireReader(std::string_view message) : rest_(message) {}

  /// The next field; nothing at the end, or where the message is broken.
  std::optional<WireField> next();
  /// A bare varint: the numbers of a packed field come so.
  std::optional<std::uint64_t> varint();
  bool broken() const { return broken_; }

 private:
  std::optional<std::uint64_t> fixed(std::size_t bytes);
  std::optional<std::string_view> take(std::uint64_t bytes);

  std::string_view rest_;
  bool broken_ = false;
};

/// Numbers of fixed width in a message, as they stand: little-endian.
std::uint64_t little_endian(std::string_view bytes);
float float_of(std::uint64_t bits);
double double_of(std::uint64_t bits);

}  // namespace gradus
