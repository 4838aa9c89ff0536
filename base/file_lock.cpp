#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "base/atomic_file.h"

namespace gradus {
namespace {

tl::unexpected<Error> io_failure(const std::filesystem::path& directory,
                                 const std::error_code& error) {
  return fail(ErrorCode::kIo,
              "data directory " + directory.string() + " cannot be written: " + error.message());
}

std::error_code last_error() { return {errno, std::generic_category()}; }

std::string describe_holder(const std::filesystem::path& lock_file) {
  std::string process = read_whole_file(lock_file).value_or("");
  while (!process.empty() && process.back() == '\n') process.pop_back();
  return process.empty() ? "another process" : "process " + process;
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return io_failure(directory, error);
  const std::filesystem::path path = directory / "lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return io_failure(directory, last_error());

  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return io_failure(directory, last_error());
    return fail(ErrorCode::kLocked, directory.string() + " is in use by " + describe_holder(path) +
                                        "; stop it or choose another directory");
  }
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, process.data(), process.size(), 0) !=
                                             static_cast<ssize_t>(process.size())) {
    return io_failure(directory, last_error());
  }
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace gradus
