// Preloaded into the program under test (LD_PRELOAD): makes its n-th disk call of one kind below
// one directory fail, or kills it there. tests/e2e/struck_run.h says what each word means.

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

enum Call { kWrite, kPwrite, kFsync, kFdatasync, kUnlink, kRename, kLink, kOpen, kFtruncate };
constexpr std::array<const char*, 9> kNames = {"write",  "pwrite", "fsync", "fdatasync", "unlink",
                                               "rename", "link",   "open",  "ftruncate"};
enum class Fate { kPass, kFail, kTear };

struct Settings {
  const char* directory = nullptr;  // null: nothing is watched
  const char* report = nullptr;
  int call = -1;
  unsigned at = 0;  // 0: only counts
  bool kill = false, tear = false, for_good = false;
  int error = EIO;
};

Settings settings;
std::array<std::atomic<unsigned>, kNames.size()> counts;
std::atomic<bool> full = false;

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

const char* word(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

__attribute__((constructor)) void begin() {
  if (std::getenv("GRADUS_FAULT_DIR") == nullptr) return;
  settings.report = std::getenv("GRADUS_FAULT_REPORT");
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (std::strcmp(word("GRADUS_FAULT_CALL"), kNames[i]) == 0) settings.call = static_cast<int>(i);
  settings.at = static_cast<unsigned>(std::strtoul(word("GRADUS_FAULT_AT"), nullptr, 10));
  const char* kind = word("GRADUS_FAULT_KIND");
  settings.tear = std::strcmp(kind, "tear") == 0;
  settings.kill = settings.tear || std::strcmp(kind, "kill") == 0;
  settings.for_good = std::strcmp(kind, "enospc") == 0;
  if (settings.for_good) settings.error = ENOSPC;
  settings.directory = std::getenv("GRADUS_FAULT_DIR");
}

/// Appends a line to the report, past the functions below.
void report(const char* line) {
  if (settings.report == nullptr) return;
  const int file = real<int (*)(const char*, int, ...)>("open")(
      settings.report, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  static_cast<void>(
      real<ssize_t (*)(int, const void*, size_t)>("write")(file, line, std::strlen(line)));
  ::close(file);
}

__attribute__((destructor)) void end() {
  if (settings.directory == nullptr) return;
  settings.directory = nullptr;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    std::array<char, 64> line{};
    std::snprintf(line.data(), line.size(), "%s %u\n", kNames[i], counts[i].load());
    report(line.data());
  }
}

bool is_watched(const char* path) {
  if (settings.directory == nullptr || path == nullptr) return false;
  const std::size_t length = std::strlen(settings.directory);
  return std::strncmp(path, settings.directory, length) == 0 && path[length] == '/';
}

bool is_watched(int descriptor) {
  if (settings.directory == nullptr) return false;
  std::array<char, 32> link{};
  std::array<char, 4096> path{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  const ssize_t length = ::readlink(link.data(), path.data(), path.size() - 1);
  // A directory that is synced is named without the slash.
  return length > 0 &&
         (is_watched(path.data()) || path.data() == std::string_view(settings.directory));
}

bool takes_space(Call call) {
  return call == kWrite || call == kPwrite || call == kOpen || call == kLink || call == kFtruncate;
}

/// What becomes of a watched call: sets errno where it fails, and does not return where it kills.
Fate fate_of(Call call) {
  const unsigned count = ++counts[call];
  if (full && (takes_space(call) || call == settings.call)) {
    errno = settings.error;
    return Fate::kFail;
  }
  if (call != settings.call || count != settings.at) return Fate::kPass;
  report("struck\n");
  if (settings.tear) return Fate::kTear;
  if (settings.kill) ::raise(SIGKILL);
  full = settings.for_good;
  errno = settings.error;
  return Fate::kFail;
}

/// A call that has no half: torn, the process dies right after it.
template <typename Watched, typename Body>
auto guarded(Call call, Watched watched, Body body) -> decltype(body()) {
  const Fate fate = is_watched(watched) ? fate_of(call) : Fate::kPass;
  if (fate == Fate::kFail) return -1;
  const auto result = body();
  if (fate == Fate::kTear) ::raise(SIGKILL);
  return result;
}

/// The same with half of the bytes where it is torn.
template <typename Body>
ssize_t guarded_write(Call call, int descriptor, std::size_t count, Body body) {
  const Fate fate = is_watched(descriptor) ? fate_of(call) : Fate::kPass;
  if (fate == Fate::kFail) return -1;
  const ssize_t result = body(fate == Fate::kTear ? (count + 1) / 2 : count);
  if (fate == Fate::kTear) ::raise(SIGKILL);
  return result;
}

int guarded_open(const char* name, const char* path, int flags, mode_t mode) {
  const auto body = [&] { return real<int (*)(const char*, int, ...)>(name)(path, flags, mode); };
  return (flags & O_CREAT) != 0 ? guarded(kOpen, path, body) : body();
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
  return guarded_write(kWrite, descriptor, count, [&](size_t some) {
    return real<ssize_t (*)(int, const void*, size_t)>("write")(descriptor, bytes, some);
  });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return guarded_write(kPwrite, descriptor, count, [&](size_t some) {
    return real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite")(descriptor, bytes, some,
                                                                        offset);
  });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
  return guarded(kFsync, descriptor, [&] { return real<int (*)(int)>("fsync")(descriptor); });
}

int fdatasync(int descriptor) {
  return guarded(kFdatasync, descriptor,
                 [&] { return real<int (*)(int)>("fdatasync")(descriptor); });
}

int unlink(const char* path) {
  return guarded(kUnlink, path, [&] { return real<int (*)(const char*)>("unlink")(path); });
}

int remove(const char* path) {
  return guarded(kUnlink, path, [&] { return real<int (*)(const char*)>("remove")(path); });
}

int rename(const char* from, const char* to) {
  return guarded(kRename, to,
                 [&] { return real<int (*)(const char*, const char*)>("rename")(from, to); });
}

int link(const char* from, const char* to) {
  return guarded(kLink, to,
                 [&] { return real<int (*)(const char*, const char*)>("link")(from, to); });
}

int ftruncate(int descriptor, off_t length) {
  return guarded(kFtruncate, descriptor,
                 [&] { return real<int (*)(int, off_t)>("ftruncate")(descriptor, length); });
}

int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

int open(const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return guarded_open("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return guarded_open("open64", path, flags, mode);
}
}
