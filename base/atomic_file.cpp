#include "base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace gradus {
namespace {

/// An open file, closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int value() const { return value_; }
  bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

tl::unexpected<Error> io_failure(std::string_view action, const std::filesystem::path& path,
                                 int error) {
  return fail(ErrorCode::kIo, "cannot " + std::string(action) + " " + path.string() + ": " +
                                  std::generic_category().message(error));
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> write_and_sync(const std::filesystem::path& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.is_open()) return io_failure("create", path, errno);
  if (!write_all(file.value(), content)) return io_failure("write", path, errno);
  if (::fsync(file.value()) != 0) return io_failure("sync", path, errno);
  return {};
}

}  // namespace

Result<void> sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open()) return io_failure("open", directory, errno);
  // Some file systems answer EINVAL: they have nothing to sync for a directory.
  if (::fsync(opened.value()) != 0 && errno != EINVAL) return io_failure("sync", directory, errno);
  return {};
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::path temporary = path;
  temporary += ".tmp";
  if (auto written = write_and_sync(temporary, content); !written) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    return io_failure("replace", path, error);
  }
  return sync_directory(path.has_parent_path() ? path.parent_path() : ".");
}

Result<std::string> read_whole_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) {
    return fail(ErrorCode::kNotFound, "there is no file " + path.string());
  }
  if (!file.is_open()) return io_failure("open", path, errno);

  struct stat status {};
  if (::fstat(file.value(), &status) != 0) return io_failure("read", path, errno);
  std::string content;
  std::size_t filled = 0;
  // One byte more than the size shows the end of the file without growing the string again.
  content.resize(static_cast<std::size_t>(status.st_size) + 1);
  while (true) {
    const ssize_t count = ::read(file.value(), content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_failure("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled == content.size()) content.resize(2 * content.size());
  }
  content.resize(filled);
  return content;
}

}  // namespace gradus
