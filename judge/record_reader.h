#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gradus {

/// CRC-32C (Castagnoli), as the framing of TensorFlow records asks for it.
std::uint32_t crc32c(std::string_view bytes);

/// Reads the records of a TensorFlow record file: length, masked checksum of the length, data,
/// masked checksum of the data.
/// Source: tensorflow/core/lib/io/record_writer.h.
/// A record whose data fails its checksum is passed over; after a damaged length nothing can be
/// found any more.
/// Threads: owned by one thread. Cost: O(bytes), no allocation.
class RecordReader {
 public:
  enum class State : std::uint8_t {
    kGood,
    kBadData,    ///< the checksum does not hold; the next record can be read
    kBadLength,  ///< nor does that of the length: the end of what can be read
    kCutOff,     ///< the file ends within the record
  };
  struct Record {
    State state = State::kGood;
    std::size_t number = 0;    ///< from 1
    std::size_t position = 0;  ///< of its first byte in the file
    std::string_view data;     ///< of a good one
  };

  explicit RecordReader(std::string_view file) : file_(file) {}

  /// The next record; nothing at the end and after kBadLength or kCutOff.
  std::optional<Record> next();

 private:
  std::string_view file_;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace gradus
