#include "ingest/sources/byte_input.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <string>
#include <utility>

namespace gradus {
namespace {

constexpr unsigned kZlibBuffer = 1 << 17;
constexpr Duration kFollowPause = std::chrono::milliseconds(100);

class FileInput final : public ByteInput {
 public:
  FileInput(gzFile file, std::string path, AtEnd at_end, Clock& clock)
      : file_(file), path_(std::move(path)), at_end_(at_end), clock_(clock) {}
  ~FileInput() override { gzclose_r(file_); }
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;

  Result<Read> read(std::span<char> into, Duration wait) override {
    const auto room = static_cast<unsigned>(std::min<std::size_t>(into.size(), INT_MAX));
    const int got = gzread(file_, into.data(), room);
    if (got > 0) return Read{State::kData, static_cast<std::size_t>(got)};
    // A cut-off gzip file reads as its whole part, then 0 bytes with this error pending.
    int code = Z_OK;
    const char* reason = gzerror(file_, &code);
    if (code == Z_ERRNO) return fail(ErrorCode::kIo, path_ + ": " + std::strerror(errno));
    if (code != Z_OK) return fail(ErrorCode::kBadData, path_ + ": damaged gzip data: " + reason);
    if (at_end_ == AtEnd::kStop) return Read{State::kEnd, 0};
    gzclearerr(file_);
    clock_.sleep(std::min(wait, kFollowPause));
    return Read{State::kNothingYet, 0};
  }

 private:
  gzFile file_;
  std::string path_;
  AtEnd at_end_;
  Clock& clock_;
};

class DescriptorInput final : public ByteInput {
 public:
  explicit DescriptorInput(int descriptor) : descriptor_(descriptor) {}

  Result<Read> read(std::span<char> into, Duration wait) override {
    pollfd watched{.fd = descriptor_, .events = POLLIN, .revents = 0};
    const auto wait_ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    const int ready = ::poll(&watched, 1, static_cast<int>(std::min<long>(wait_ms, INT_MAX)));
    // A signal ends the wait early: the caller then looks at its stop token.
    if (ready == 0 || (ready < 0 && errno == EINTR)) return Read{State::kNothingYet, 0};
    const ssize_t got = ready < 0 ? -1 : ::read(descriptor_, into.data(), into.size());
    if (got > 0) return Read{State::kData, static_cast<std::size_t>(got)};
    if (got == 0) return Read{State::kEnd, 0};
    if (errno == EINTR || errno == EAGAIN) return Read{State::kNothingYet, 0};
    return fail(ErrorCode::kIo, std::string("stdin: ") + std::strerror(errno));
  }

 private:
  int descriptor_;
};

}  // namespace

Result<std::unique_ptr<ByteInput>> open_file(const std::filesystem::path& path, AtEnd at_end,
                                             Clock& clock) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return fail(code, path.string() + ": " + std::strerror(errno));
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    ::close(descriptor);
    return fail(ErrorCode::kIo, path.string() + ": is a directory, expected a file");
  }
  gzFile file = gzdopen(descriptor, "rb");
  if (file == nullptr) {
    ::close(descriptor);
    return fail(ErrorCode::kIo, path.string() + ": zlib cannot read it");
  }
  gzbuffer(file, kZlibBuffer);
  return std::make_unique<FileInput>(file, path.string(), at_end, clock);
}

Result<std::unique_ptr<ByteInput>> make_descriptor_input(int descriptor) {
  return std::make_unique<DescriptorInput>(descriptor);
}

}  // namespace gradus
