#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

/// What libFuzzer calls with each input, and `replay` with each file of a corpus. A target fails by
/// crashing: through a sanitizer, `invariant`, or `require`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace gradus::test {

/// The input as a copy of exactly its size on the heap, so that AddressSanitizer sees a byte read
/// beyond it.
class FuzzInput {
 public:
  FuzzInput(const std::uint8_t* data, std::size_t size)
      : bytes_(static_cast<char*>(std::malloc(size == 0 ? 1 : size))), size_(size) {
    if (size > 0) std::memcpy(bytes_, data, size);
  }
  ~FuzzInput() { std::free(bytes_); }
  FuzzInput(const FuzzInput&) = delete;
  FuzzInput& operator=(const FuzzInput&) = delete;

  std::string_view bytes() const { return {bytes_, size_}; }
  /// Takes the first byte off as a number below `end`; 0 where there is none.
  std::size_t choose(std::size_t end) {
    if (at_ >= size_) return 0;
    return static_cast<unsigned char>(bytes_[at_++]) % end;
  }
  /// What `choose` left.
  std::string_view rest() const { return bytes().substr(at_); }

 private:
  char* bytes_;
  std::size_t size_;
  std::size_t at_ = 0;
};

/// Fails the target where a promise is broken that no sanitizer sees.
inline void require(bool kept) {
  if (!kept) std::abort();
}

}  // namespace gradus::test
