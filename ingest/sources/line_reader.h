#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/record.h"
#include "ingest/sources/byte_input.h"

namespace gradus {

/// Lines of a text as records: the offset is the number of the line, from 0. CR before LF and a
/// byte-order mark at the beginning are left out; a last line without LF counts. Of a line longer
/// than kLongestLine only that much is kept, which no decoder takes for whole.
/// Threads: owned by the ingest thread. Cost: one buffer, reused; no copy per line.
class LineReader {
 public:
  static constexpr std::size_t kLongestLine = std::size_t{64} << 20;

  explicit LineReader(std::unique_ptr<ByteInput> input);

  /// Appends at most `limit` lines, waiting up to `wait` for the first; views live until the next
  /// call. Errors: as reading the input.
  Result<void> poll(std::size_t limit, Duration wait, std::vector<RawRecord>& lines);
  /// True once the last line was given.
  bool ended() const { return at_end_ && begin_ == end_; }
  /// Number of the next line.
  std::int64_t line() const { return line_; }

 private:
  Result<void> refill(Duration wait);
  void take_lines(std::size_t limit, std::vector<RawRecord>& lines);
  void append(std::size_t length, std::vector<RawRecord>& lines);
  void make_room();

  std::unique_ptr<ByteInput> input_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of the first line not yet given
  std::size_t scanned_ = 0;  // no LF lies between begin_ and here
  std::size_t end_ = 0;      // of the bytes read
  std::int64_t line_ = 0;
  bool at_end_ = false;
  bool dropping_ = false;  // inside a line that is too long
};

}  // namespace gradus
