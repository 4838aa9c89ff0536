#include "judge/curve_bytes.h"

#include <zlib.h>

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/input_file.h"

namespace gradus {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;

/// All members of a gzip file, one after the other.
Result<std::string> unpacked(const std::string& packed, const std::string& file) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for a gzip header
  if (inflateInit2(&stream, kGzipWindow) != Z_OK)
    return fail(ErrorCode::kInternal, file + ": zlib cannot begin");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string bytes;
  std::array<char, kBlock> block;
  int state = Z_OK;
  bool fits = true;
  while (state == Z_OK && fits) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t more = block.size() - stream.avail_out;
    fits = bytes.size() + more <= kMostCurveBytes;
    if (fits) bytes.append(block.data(), more);
    if (state == Z_STREAM_END && stream.avail_in > 0) state = inflateReset(&stream);
  }
  inflateEnd(&stream);
  if (!fits)
    return fail(ErrorCode::kBadConfig, file +
                                           ": unpacks to more than 256 MB, the most that is read; "
                                           "thin the curves out, some hundred scores a task are "
                                           "enough");
  if (state == Z_STREAM_END) return bytes;
  return fail(ErrorCode::kBadData, file + ": the gzip data is damaged or cut off after " +
                                       std::to_string(bytes.size()) + " unpacked bytes");
}

/// Names a file in it, where there is one: event files have names that nobody types.
tl::unexpected<Error> is_directory(const std::string& file) {
  std::string inside;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(file, ignored))
    if (entry.is_regular_file(ignored) && (inside.empty() || entry.path().string() < inside))
      inside = entry.path().string();
  return fail(ErrorCode::kBadConfig, file + " is a directory; a file of curves is expected" +
                                         (inside.empty() ? "" : ", such as " + inside));
}

}  // namespace

Result<std::string> read_curve_bytes(const std::string& file) {
  constexpr std::string_view kGzip = "\x1F\x8B";
  std::error_code ignored;
  if (file != "-" && std::filesystem::is_directory(file, ignored)) return is_directory(file);
  const std::string name = file == "-" ? "standard input" : file;
  auto bytes =
      file == "-" ? read_standard_input(kMostCurveBytes) : read_input_file(file, kMostCurveBytes);
  if (!bytes || !bytes->starts_with(kGzip)) return bytes;
  return unpacked(*bytes, name);
}

}  // namespace gradus
