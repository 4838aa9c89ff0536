#include "ingest/sources/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace gradus {
namespace {

constexpr std::size_t kTail = 1024;

}  // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return fail(code, path.string() + ": " + std::strerror(errno));
  }
  struct stat now {};
  const bool known = ::fstat(descriptor, &now) == 0;
  std::unique_ptr<FileReader> reader(
      new FileReader(descriptor, path, known && S_ISREG(now.st_mode)));
  if (known && S_ISDIR(now.st_mode)) {
    return fail(ErrorCode::kIo, path.string() + ": is a directory, expected a file");
  }
  return reader;
}

FileReader::~FileReader() { ::close(descriptor_); }

Result<std::size_t> FileReader::read(std::span<char> into) {
  if (!still_there()) {
    return fail(ErrorCode::kPositionGone,
                path_.string() + ": the file was truncated or written over after " +
                    std::to_string(offset_) + " bytes of it were read (now " + description() + ")" +
                    kFileWaysOut);
  }
  ssize_t got = -1;
  do {
    got = ::read(descriptor_, into.data(), into.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) return fail(ErrorCode::kIo, path_.string() + ": " + std::strerror(errno));
  const auto bytes = static_cast<std::size_t>(got);
  remember(into.first(bytes));
  return bytes;
}

bool FileReader::still_there() const {
  if (!regular_ || tail_.empty()) return true;
  std::array<char, kTail> found{};
  const auto from = offset_ - static_cast<std::int64_t>(tail_.size());
  const ssize_t got = ::pread(descriptor_, found.data(), tail_.size(), from);
  // What cannot be read at all is for `read` to tell.
  return got < 0 || tail_ == std::string_view(found.data(), static_cast<std::size_t>(got));
}

void FileReader::remember(std::span<const char> bytes) {
  offset_ += static_cast<std::int64_t>(bytes.size());
  const std::size_t fresh = std::min(bytes.size(), kTail);
  const std::size_t kept = std::min(tail_.size(), kTail - fresh);
  tail_.erase(0, tail_.size() - kept);
  tail_.append(bytes.last(fresh).data(), fresh);
}

bool FileReader::replaced() const {
  struct stat own {
  }, named{};
  if (!regular_ || ::fstat(descriptor_, &own) != 0 || ::stat(path_.c_str(), &named) != 0)
    return false;
  return own.st_dev != named.st_dev || own.st_ino != named.st_ino;
}

std::string FileReader::description() const {
  struct stat now {};
  if (::fstat(descriptor_, &now) != 0) return {};
  return "device " + std::to_string(now.st_dev) + ", inode " + std::to_string(now.st_ino) + ", " +
         std::to_string(now.st_size) + " bytes";
}

}  // namespace gradus
