#include "ingest/sources/line_reader.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace gradus {
namespace {

constexpr std::size_t kFirstBuffer = std::size_t{256} << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteInput> input)
    : input_(std::move(input)), buffer_(kFirstBuffer) {}

Result<void> LineReader::poll(std::size_t limit, Duration wait, std::vector<RawRecord>& lines) {
  const std::size_t before = lines.size();
  take_lines(limit, lines);
  while (lines.size() == before && !at_end_) {
    const std::size_t had = end_ - begin_;
    if (const auto filled = refill(wait); !filled) return filled;
    if (!at_end_ && end_ - begin_ == had) break;
    take_lines(limit, lines);
    wait = Duration::zero();  // only the first read waits: a line that dribbles in holds nobody up
  }
  return {};
}

Result<void> LineReader::refill(Duration wait) {
  make_room();
  const auto read = input_->read(std::span(buffer_).subspan(end_), wait);
  if (!read) return tl::unexpected(read.error());
  end_ += read->bytes;
  at_end_ = read->state == ByteInput::State::kEnd;
  return {};
}

void LineReader::make_room() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  scanned_ -= begin_;
  digested_ -= begin_;
  begin_ = 0;
  // One byte more than the longest line, so that there always is room to read on.
  if (end_ == buffer_.size()) buffer_.resize(std::min(2 * buffer_.size(), kLongestLine + 1));
}

void LineReader::take_lines(std::size_t limit, std::vector<RawRecord>& lines) {
  while (limit > 0 && begin_ < end_) {
    const char* from = buffer_.data() + scanned_;
    const auto* feed = static_cast<const char*>(std::memchr(from, '\n', end_ - scanned_));
    scanned_ = feed != nullptr ? static_cast<std::size_t>(feed - buffer_.data()) + 1 : end_;
    const std::size_t length = scanned_ - begin_ - (feed != nullptr ? 1 : 0);
    const bool too_long = feed == nullptr && length > kLongestLine;
    if (feed == nullptr && !at_end_ && !too_long && !dropping_) break;
    if (!dropping_) {
      append(std::min(length, kLongestLine), feed != nullptr || too_long, lines);
      --limit;
    }
    dropping_ = feed == nullptr && !at_end_;
    begin_ = scanned_;
  }
  digest_lines();
}

void LineReader::append(std::size_t length, bool whole, std::vector<RawRecord>& lines) {
  if (!whole) {
    digest_lines();
    before_part_ = given_;
    part_given_ = true;
  }
  std::string_view text(buffer_.data() + begin_, length);
  if (line_ == 0 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.ends_with('\r')) text.remove_suffix(1);
  lines.push_back(RawRecord{.bytes = text, .key = {}, .whole = whole, .offset = line_});
  given_end_ = static_cast<std::size_t>(text.data() + text.size() - buffer_.data());
  ++line_;
}

void LineReader::digest_lines() {
  if (given_end_) {
    text_.add({buffer_.data() + digested_, *given_end_ - digested_});
    given_ = text_;
    digested_ = *std::exchange(given_end_, std::nullopt);
  }
  text_.add({buffer_.data() + digested_, begin_ - digested_});
  digested_ = begin_;
}

std::optional<StreamMark> LineReader::mark_before(std::int64_t next) const {
  const auto mark = [](const Digest& digest) {
    return StreamMark{static_cast<std::int64_t>(digest.size()), digest.value()};
  };
  if (next == line_) return mark(given_);
  if (part_given_ && next == line_ - 1) return mark(before_part_);
  return std::nullopt;
}

}  // namespace gradus
