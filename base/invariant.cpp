#include "base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace gradus {

void stop_on_broken_invariant(const char* why) {
  std::fprintf(stderr, "gradus: broken invariant: %s\n", why);
  std::abort();
}

}  // namespace gradus
