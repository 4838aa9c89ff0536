#include "serve/gzip.h"

#include <zlib.h>

#include "base/invariant.h"

namespace gradus {

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for a gzip header
  invariant(
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK,
      "zlib accepts its own default parameters");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib's C interface lacks const
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  invariant(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the output holds deflateBound bytes");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace gradus
