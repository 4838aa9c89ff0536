#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct z_stream_s;

namespace gradus {

/// Unpacks gzip data that comes in parts: one member after the other, to the last byte. Each member
/// is checked against its own length and checksum, and whatever follows one must be another.
/// Threads: owned by the ingest thread.
class GzipReader {
 public:
  GzipReader();
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// True where data that begins so is gzip's; at least two bytes are needed to tell.
  static bool recognises(std::string_view first) { return first.starts_with("\x1f\x8b"); }

  /// Unpacks from the front of `packed`, which it shortens, into `into`; gives how many bytes it
  /// wrote. 0: all of `packed` was taken and more is needed. Errors: kBadData where the data is
  /// damaged.
  Result<std::size_t> unpack(std::string_view& packed, std::span<char> into);
  /// True inside a member: data that ends here is cut off.
  bool inside_member() const { return inside_; }

 private:
  std::unique_ptr<z_stream_s> stream_;
  bool inside_ = false;
  bool pending_ = false;  // the last output filled its room: more may follow without input
};

}  // namespace gradus
