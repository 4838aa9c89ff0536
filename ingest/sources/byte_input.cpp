#include "ingest/sources/byte_input.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/sources/file_reader.h"
#include "ingest/sources/gzip_reader.h"

namespace gradus {
namespace {

constexpr std::size_t kPackedBuffer = std::size_t{128} << 10;
constexpr Duration kFollowPause = std::chrono::milliseconds(100);

class FileInput final : public ByteInput {
 public:
  FileInput(std::unique_ptr<FileReader> file, AtEnd at_end, Clock& clock)
      : file_(std::move(file)), at_end_(at_end), clock_(clock) {}

  Result<Read> read(std::span<char> into, Duration wait) override {
    while (!sniffed_) {
      if (const auto begun = sniff(); !begun) return tl::unexpected(begun.error());
      if (!sniffed_ && at_end_ == AtEnd::kFollow) return nothing_more(wait);
    }
    const auto got = gzip_ ? unpack(into) : plain(into);
    if (!got) return tl::unexpected(got.error());
    return *got > 0 ? Read{State::kData, *got} : nothing_more(wait);
  }
  std::string origin() const override { return file_->description(); }

 private:
  /// Once two bytes are there, or the end is: sees what they are.
  Result<void> sniff() {
    buffer_.resize(kPackedBuffer);
    const auto got = file_->read(std::span(buffer_).subspan(held_.size()));
    if (!got) return tl::unexpected(got.error());
    held_ = {buffer_.data(), held_.size() + *got};
    if (held_.size() < 2 && (*got > 0 || at_end_ == AtEnd::kFollow)) return {};
    sniffed_ = true;
    if (GzipReader::recognises(held_)) {
      gzip_.emplace();
    } else if (file_->path().extension() == ".gz" && !held_.empty()) {
      return failed(ErrorCode::kBadData, "is named .gz, but does not begin as gzip data does");
    }
    return {};
  }

  Result<std::size_t> plain(std::span<char> into) {
    if (held_.empty()) return file_->read(into);
    const std::size_t count = held_.copy(into.data(), into.size());
    held_.remove_prefix(count);
    return count;
  }

  Result<std::size_t> unpack(std::span<char> into) {
    for (;;) {
      const auto written = gzip_->unpack(held_, into);
      if (!written) return failed(written.error().code, written.error().message);
      if (*written > 0) return written;
      const auto got = file_->read(buffer_);
      if (!got || *got == 0) return got;
      held_ = {buffer_.data(), *got};
    }
  }

  Result<Read> nothing_more(Duration wait) {
    if (at_end_ == AtEnd::kStop) {
      if (gzip_ && gzip_->inside_member())
        return failed(ErrorCode::kBadData, "damaged gzip data: it is cut off");
      return Read{State::kEnd, 0};
    }
    const bool replaced = file_->replaced();
    if (replaced && std::exchange(replaced_, true)) {
      return failed(ErrorCode::kPositionGone,
                    std::string("another file took this name; the one before was read to its end") +
                        kFileWaysOut);
    }
    // What was written to the old file before the new one came is read first.
    if (!replaced) clock_.sleep(std::min(wait, kFollowPause));
    return Read{State::kNothingYet, 0};
  }

  tl::unexpected<Error> failed(ErrorCode code, const std::string& why) const {
    return fail(code, file_->path().string() + ": " + why);
  }

  std::unique_ptr<FileReader> file_;
  AtEnd at_end_;
  Clock& clock_;
  std::vector<char> buffer_;          // of raw bytes
  std::string_view held_;             // of them, those not yet given
  std::optional<GzipReader> gzip_{};  // for gzip only
  bool sniffed_ = false;
  bool replaced_ = false;  // another file had the name when the end was last seen
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
  auto file = FileReader::open(path);
  if (!file) return tl::unexpected(file.error());
  return std::make_unique<FileInput>(std::move(*file), at_end, clock);
}

Result<std::unique_ptr<ByteInput>> make_descriptor_input(int descriptor) {
  return std::make_unique<DescriptorInput>(descriptor);
}

}  // namespace gradus
