// Foreign code: a library that librdkafka loads where `plugin.library.paths` names it. To be loaded
// is enough for it to run.

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace {

struct Marker {
  Marker() {
    const char* file = std::getenv("GRADUS_TEST_MARKER");
    if (file == nullptr) return;
    if (std::FILE* opened = std::fopen(file, "w")) std::fclose(opened);
  }
};
const Marker marker;

}  // namespace

/// What librdkafka asks of a plugin; 0 is RD_KAFKA_RESP_ERR_NO_ERROR.
extern "C" __attribute__((visibility("default"))) int conf_init(void*, void**, char*, std::size_t) {
  return 0;
}
