#include "base/digest.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace gradus {
namespace {

constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15, kOther = 0xC2B2AE3D27D4EB4F;

// A bijection of `lane`, and of `word`. A product spreads a bit upwards only: the rotation brings
// the upper half down before the second one, so that no bit of this word is undone by one of the
// next.
std::uint64_t stir(std::uint64_t lane, std::uint64_t word) {
  return std::rotl(lane ^ (word * kOdd), 29) * kOther;
}

std::uint64_t scatter(std::uint64_t value) {
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
  return value ^ (value >> 32);
}

}  // namespace

void Digest::mix(const char* block) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, block + i * sizeof(word), sizeof(word));
    lanes_[i] = stir(lanes_[i], word);
  }
}

void Digest::add(std::string_view bytes) {
  const std::size_t held = size_ % kBlock;
  size_ += bytes.size();
  if (held > 0) {
    const std::size_t taken = bytes.copy(rest_.data() + held, kBlock - held);
    bytes.remove_prefix(taken);
    if (held + taken < kBlock) return;
    mix(rest_.data());
  }
  for (; bytes.size() >= kBlock; bytes.remove_prefix(kBlock)) mix(bytes.data());
  bytes.copy(rest_.data(), bytes.size());
}

void Digest::add_field(std::string_view bytes) {
  const std::uint64_t length = bytes.size();
  add({reinterpret_cast<const char*>(&length), sizeof(length)});
  add(bytes);
}

std::uint64_t Digest::value() const {
  Digest last = *this;
  std::fill(last.rest_.begin() + static_cast<std::ptrdiff_t>(size_ % kBlock), last.rest_.end(),
            '\0');
  last.mix(last.rest_.data());
  std::uint64_t value = scatter(size_);  // tells trailing zeros from the padding
  for (const std::uint64_t lane : last.lanes_) value = scatter(value ^ lane) * kOdd;
  return value;
}

}  // namespace gradus
