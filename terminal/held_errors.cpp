#include "terminal/held_errors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace gradus {
namespace {

constexpr std::uint64_t kMost = 4 << 20;
constexpr std::size_t kLines = 8, kLongestLine = 4096;

bool is_same_terminal(int a, int b) {
  struct stat first {
  }, second{};
  return ::isatty(a) == 1 && ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 &&
         first.st_rdev == second.st_rdev;
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

HeldErrors::HeldErrors(int screen) {
  if (!is_same_terminal(STDERR_FILENO, screen)) return;
  const int held = ::memfd_create("stderr", MFD_CLOEXEC);
  if (held < 0) return;
  ::fcntl(held, F_SETFL, O_APPEND);
  terminal_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  held_ = held;
  ::dup2(held_, STDERR_FILENO);
}

HeldErrors::~HeldErrors() {
  if (terminal_ < 0) return;
  ::dup2(terminal_, STDERR_FILENO);
  write_back();
  ::close(terminal_);
  ::close(held_);
}

const std::vector<std::string>& HeldErrors::newest() {
  struct stat file {};
  if (held_ < 0 || ::fstat(held_, &file) != 0) return lines_;
  const auto size = static_cast<std::uint64_t>(file.st_size);
  std::array<char, 4096> bytes{};
  while (read_to_ < size) {
    const ssize_t count = ::pread(held_, bytes.data(), bytes.size(), static_cast<off_t>(read_to_));
    if (count <= 0) break;
    read_to_ += static_cast<std::uint64_t>(count);
    unfinished_.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end = 0; (end = unfinished_.find('\n')) != std::string::npos;) {
      lines_.push_back(unfinished_.substr(0, end));
      unfinished_.erase(0, end + 1);
    }
    if (unfinished_.size() > kLongestLine) unfinished_.erase(0, unfinished_.size() - kLongestLine);
    if (lines_.size() > kLines) lines_.erase(lines_.begin(), lines_.end() - kLines);
  }
  forget_oldest(size);
  return lines_;
}

void HeldErrors::forget_oldest(std::uint64_t size) {
  if (size - kept_from_ <= kMost) return;
  kept_from_ = size - kMost / 2;
  ::fallocate(held_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(kept_from_));
}

void HeldErrors::write_back() {
  if (kept_from_ > 0)
    write_all(terminal_, "gradus: the first " + std::to_string(kept_from_) +
                             " bytes of the log were not kept; 2>FILE keeps all of it\n");
  std::array<char, 4096> bytes{};
  for (auto at = static_cast<off_t>(kept_from_);;) {
    const ssize_t count = ::pread(held_, bytes.data(), bytes.size(), at);
    if (count <= 0) return;
    write_all(terminal_, {bytes.data(), static_cast<std::size_t>(count)});
    at += count;
  }
}

}  // namespace gradus
