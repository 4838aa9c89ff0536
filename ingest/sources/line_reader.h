#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"
#include "ingest/record.h"
#include "ingest/sources/byte_input.h"
#include "ingest/stream_position.h"

namespace gradus {

/// Lines of a text as records: the offset is the number of the line, from 0. CR before LF and a
/// byte-order mark at the beginning are left out; a last line without LF counts, but is not whole.
/// Of a line longer than kLongestLine only that much is kept, which no decoder takes for whole.
/// Threads: owned by the ingest thread. Cost: one buffer, reused; no copy per line; a digest of all
/// bytes, in one go for each poll.
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
  /// True where more of the text was read than was given: a line without its end, as yet.
  bool holds_part_of_a_line() const { return begin_ < end_; }
  /// Length and digest of the text before line `next`, without the end of the line before it, so
  /// that they stay the same when a last line without LF gets one. None but for `line()` and, where
  /// the last line given is not whole, that line.
  std::optional<StreamMark> mark_before(std::int64_t next) const;
  /// What StreamPosition::origin says of the input.
  std::string origin() const { return input_->origin(); }

 private:
  Result<void> refill(Duration wait);
  void take_lines(std::size_t limit, std::vector<RawRecord>& lines);
  void append(std::size_t length, bool whole, std::vector<RawRecord>& lines);
  void digest_lines();
  void make_room();

  std::unique_ptr<ByteInput> input_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of the first line not yet given
  std::size_t scanned_ = 0;  // no LF lies between begin_ and here
  std::size_t end_ = 0;      // of the bytes read
  std::int64_t line_ = 0;
  bool at_end_ = false;
  bool dropping_ = false;     // inside a line that is too long
  Digest text_;               // of all bytes before digested_
  std::size_t digested_ = 0;  // never behind begin_ between polls
  Digest given_;              // of the text up to the end of the last line given, LF left out
  Digest before_part_;        // the same before a last line that is not whole
  bool part_given_ = false;   // the last line given is not whole
  std::optional<std::size_t> given_end_;  // of the last line given since digest_lines
};

}  // namespace gradus
