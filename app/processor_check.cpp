// Ends gradus with one line where the processor lacks the instructions that it is compiled for.
// Compiled without them, and run before any other code of gradus, which would die of an illegal
// instruction.

#if defined(__x86_64__)

#include <unistd.h>

#include <cstring>

namespace gradus {
namespace {

constexpr const char* kRefusal =
    "gradus: this processor lacks AVX2 or FMA; gradus needs an x86-64-v3 processor (2015 or "
    "newer)\n";

[[gnu::constructor(101)]] void check_processor() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("bmi2"))
    return;
  // Whether or not somebody reads it.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kRefusal, std::strlen(kRefusal));
  ::_exit(1);
}

}  // namespace
}  // namespace gradus

#endif
