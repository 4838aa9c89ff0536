#include "base/input_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace gradus {
namespace {

constexpr std::size_t kInputBlock = std::size_t{1} << 16;
constexpr int kSilenceMs = 2000;
constexpr int kForEver = -1;
constexpr long kPipeFileSystem = 0x50495045;  // PIPEFS_MAGIC of linux/magic.h

std::string system_reason() { return std::generic_category().message(errno); }

/// "512 KB", "64 MB".
std::string bytes_in_words(std::size_t bytes) {
  const std::size_t kilobytes = bytes >> 10;
  return kilobytes < 1024 ? std::to_string(kilobytes) + " KB"
                          : std::to_string(kilobytes >> 10) + " MB";
}

tl::unexpected<Error> too_large(const std::string& name, std::size_t most_bytes) {
  return fail(ErrorCode::kBadConfig,
              name + ": is larger than " + bytes_in_words(most_bytes) + ", the most that is read");
}

/// Reads to the end; `patience` is how many milliseconds it waits for more each time.
Result<std::string> read_to_end(int descriptor, const std::string& name, std::size_t most_bytes,
                                int patience) {
  std::string bytes;
  std::array<char, kInputBlock> block;
  for (;;) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno != EAGAIN)
      return fail(ErrorCode::kIo, name + ": cannot be read: " + system_reason());
    if (got < 0) {
      pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
      if (::poll(&waiting, 1, patience) == 0)
        return fail(ErrorCode::kBadConfig, name +
                                               ": gave nothing for two seconds; a file, or a "
                                               "pipe that somebody writes to, is expected");
      continue;
    }
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(got) > most_bytes)
      return too_large(name, most_bytes);
    bytes.append(block.data(), static_cast<std::size_t>(got));
  }
}

/// A pipe without a name, as the shell makes it for <(command): its writer is there or has ended.
bool is_shell_pipe(int descriptor) {
  struct statfs system {};
  return ::fstatfs(descriptor, &system) == 0 && system.f_type == kPipeFileSystem;
}

/// What can be refused before anything is read; gives how long the reader may wait.
Result<int> look_at(int descriptor, const std::string& name, std::size_t most_bytes) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0)
    return fail(ErrorCode::kIo, name + ": cannot be read: " + system_reason());
  if (S_ISDIR(status.st_mode))
    return fail(ErrorCode::kBadConfig, name + ": is a directory; a file is expected");
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > most_bytes)
    return too_large(name, most_bytes);
  if (!S_ISFIFO(status.st_mode)) return kSilenceMs;
  if (is_shell_pipe(descriptor)) return kForEver;
  // Until somebody has opened it for writing, a read of a named pipe looks like its end.
  pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, kSilenceMs) == 0)
    return fail(ErrorCode::kBadConfig, name + ": is a pipe that nobody writes to");
  return kSilenceMs;
}

}  // namespace

Result<std::string> read_input_file(const std::filesystem::path& path, std::size_t most_bytes) {
  const std::string name = path.string();
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
    return fail(ErrorCode::kNotFound, "there is no file " + name);
  if (descriptor < 0) return fail(ErrorCode::kIo, "cannot open " + name + ": " + system_reason());
  auto bytes = look_at(descriptor, name, most_bytes).and_then([&](int patience) {
    return read_to_end(descriptor, name, most_bytes, patience);
  });
  ::close(descriptor);
  return bytes;
}

Result<std::string> read_standard_input(std::size_t most_bytes) {
  return read_to_end(STDIN_FILENO, "standard input", most_bytes, kForEver);
}

}  // namespace gradus
