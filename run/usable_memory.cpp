#include "run/usable_memory.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "base/input_file.h"

namespace gradus {
namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kMostBytesOfAFile = std::size_t{64} << 10;

/// The number in a file; no limit where it is absent or says "max".
std::uint64_t limit_in(const std::filesystem::path& file) {
  const auto text = read_input_file(file, kMostBytesOfAFile);
  std::uint64_t limit = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), limit).ec != std::errc())
    return kNoLimit;
  return limit;
}

/// The least limit from the group at `path` up to the root. A container often sees its own group as
/// the root and yet reads the path that its host gave it.
std::uint64_t limit_above(const std::filesystem::path& root, std::string_view path,
                          const char* name) {
  std::uint64_t least = limit_in(root / name);
  std::filesystem::path group;
  for (const auto& part : std::filesystem::path(path).relative_path())
    least = std::min(least, limit_in(root / (group /= part) / name));
  return least;
}

}  // namespace

std::uint64_t group_limit(std::string_view groups, const std::filesystem::path& root) {
  std::uint64_t least = kNoLimit;
  while (!groups.empty()) {
    // "0::/path" of version 2, "9:memory:/path" of version 1.
    const std::string_view line = groups.substr(0, groups.find('\n'));
    groups.remove_prefix(std::min(groups.size(), line.size() + 1));
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) continue;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    const std::string_view path = line.substr(second + 1);
    if (controllers.empty()) least = std::min(least, limit_above(root, path, "memory.max"));
    if (controllers == "memory")
      least = std::min(least, limit_above(root / "memory", path, "memory.limit_in_bytes"));
  }
  return least;
}

std::uint64_t usable_memory() {
  const auto pages = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
  const std::uint64_t machine = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const auto groups = read_input_file("/proc/self/cgroup", kMostBytesOfAFile);
  return groups ? std::min(machine, group_limit(*groups, "/sys/fs/cgroup")) : machine;
}

}  // namespace gradus
