#pragma once

#if defined(__SSE3__)
#include <immintrin.h>
#endif

namespace gradus {

/// While it lives, this thread takes numbers below the smallest normal one for zero, where the
/// processor can. A network that has diverged is full of them, and its products then take five
/// times as long: a fault of the model would look like one of the stream, whose lag grows.
class FlushDenormals {
 public:
  FlushDenormals() : before_(mode()) { set_mode(before_ | kFlush); }
  ~FlushDenormals() { set_mode(before_); }
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
#if defined(__SSE3__)
  static constexpr unsigned kFlush = _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON;
  static unsigned mode() { return _mm_getcsr(); }
  static void set_mode(unsigned mode) { _mm_setcsr(mode); }
#else
  static constexpr unsigned kFlush = 0;
  static unsigned mode() { return 0; }
  static void set_mode(unsigned) {}
#endif

  unsigned before_;
};

}  // namespace gradus
