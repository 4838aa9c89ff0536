#pragma once

#include <optional>

namespace gradus {

/// What the operating system says of this process; nothing where it does not say it.
struct ProcessFacts {
  std::optional<double> cpu_seconds;
  std::optional<double> open_fds;
  std::optional<double> max_fds;
  std::optional<double> threads;
  std::optional<double> virtual_bytes;
  std::optional<double> resident_bytes;
  std::optional<double> start_seconds;  ///< since 1970
};

/// Reads /proc/self. Threads: any. Cost: about 50 us.
ProcessFacts read_process_facts();

}  // namespace gradus
