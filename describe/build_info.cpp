#include "describe/build_info.h"

namespace gradus {

std::string_view gradus_version() { return GRADUS_VERSION; }

std::string_view instructions() {
#if defined(__AVX2__) && defined(__FMA__)
  return "avx2";
#elif defined(__aarch64__)
  return "neon";
#else
  return "generic";
#endif
}

std::string_view gradus_revision() { return GRADUS_REVISION; }

}  // namespace gradus
