#pragma once

namespace gradus {

/// Prints one line on stderr and stops the process: what a broken invariant does.
[[noreturn]] void stop_on_broken_invariant(const char* why);

/// Stops the process with one line on stderr unless `ok`; always on. `why` says why it must hold.
inline void invariant(bool ok, const char* why) {
  if (!ok) [[unlikely]] {
    stop_on_broken_invariant(why);
  }
}

}  // namespace gradus
