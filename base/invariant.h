#pragma once

namespace gradus {

/// Stops the process with one line on stderr unless `ok`; always on. `why` says why it must hold.
void invariant(bool ok, const char* why);

}  // namespace gradus
