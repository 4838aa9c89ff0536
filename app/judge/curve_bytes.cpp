#include "app/judge/curve_bytes.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace gradus {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr std::size_t kBlock = std::size_t{1} << 16;

tl::unexpected<Error> too_large(const std::string& file) {
  return fail(
      ErrorCode::kBadConfig,
      file + ": more than 1 GB; thin the curves out, some hundred scores a task are enough");
}

std::string reason() { return std::generic_category().message(errno); }

Result<std::string> read_all(int descriptor, const std::string& file) {
  std::string bytes;
  std::array<char, kBlock> block;
  for (;;) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorCode::kIo, file + ": cannot be read: " + reason());
    if (got == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(got));
    if (bytes.size() > kMostBytes) return too_large(file);
  }
}

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
  while (state == Z_OK && bytes.size() <= kMostBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    bytes.append(block.data(), block.size() - stream.avail_out);
    if (state == Z_STREAM_END && stream.avail_in > 0) state = inflateReset(&stream);
  }
  inflateEnd(&stream);
  if (bytes.size() > kMostBytes) return too_large(file);
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
  const int descriptor = file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const std::string name = file == "-" ? "standard input" : file;
  if (descriptor < 0)
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, name + ": " + reason());
  auto bytes = read_all(descriptor, name);
  if (file != "-") ::close(descriptor);
  if (!bytes || !bytes->starts_with(kGzip)) return bytes;
  return unpacked(*bytes, name);
}

}  // namespace gradus
