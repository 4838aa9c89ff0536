#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace gradus {

/// Bytes of memory that this process may use: those of the machine, or of its container where that
/// has less.
std::uint64_t usable_memory();

/// The least limit of the control groups that `groups`, the content of /proc/self/cgroup, names,
/// and of those above them; the largest number where there is none. `root`: /sys/fs/cgroup.
/// Source: Linux, Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
std::uint64_t group_limit(std::string_view groups, const std::filesystem::path& root);

}  // namespace gradus
