#include "ingest/sources/gzip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "base/invariant.h"

namespace gradus {
namespace {

constexpr int kGzipOnly = 15 + 16;  // largest window; no zlib or raw data

uInt at_most(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

}  // namespace

GzipReader::GzipReader() : stream_(std::make_unique<z_stream>()) {
  invariant(inflateInit2(stream_.get(), kGzipOnly) == Z_OK, "zlib has memory for one window");
}

GzipReader::~GzipReader() { inflateEnd(stream_.get()); }

Result<std::size_t> GzipReader::unpack(std::string_view& packed, std::span<char> into) {
  std::size_t written = 0;
  while (written == 0 && (!packed.empty() || pending_)) {
    inside_ = true;
    // zlib does not write to what it reads from.
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_->avail_in = at_most(packed.size());
    stream_->next_out = reinterpret_cast<Bytef*>(into.data());
    stream_->avail_out = at_most(into.size());
    const uInt offered = stream_->avail_in, room = stream_->avail_out;
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return fail(ErrorCode::kBadData, std::string("damaged gzip data: ") +
                                           (stream_->msg != nullptr ? stream_->msg : zError(code)));
    }
    packed.remove_prefix(offered - stream_->avail_in);
    written = room - stream_->avail_out;
    pending_ = code != Z_STREAM_END && stream_->avail_out == 0;
    if (code != Z_STREAM_END) continue;
    inside_ = false;
    inflateReset(stream_.get());
  }
  return written;
}

}  // namespace gradus
