#pragma once

#include <algorithm>
#include <cstdint>

namespace gradus {

/// SplitMix64 with distributions of our own: the same numbers on every platform, up to libm in
/// `normal`.
/// Source: Steele, Lea, Flood 2014, "Fast Splittable Pseudorandom Number Generators".
/// Threads: owned by one thread. Cost: a few instructions a draw, no allocation.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  /// 64 uniform bits.
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  /// Uniform in (0, 1), both excluded: ((next >> 11) + 0.5) * 2^-53.
  double uniform() {
    // The topmost of the 2^53 midpoints is no double and would round up to 1.
    constexpr double kLargestBelowOne = 0x1.fffffffffffffp-1;
    return std::min((static_cast<double>(next() >> 11) + 0.5) * 0x1p-53, kLargestBelowOne);
  }
  /// Uniform integer in [0, n), n > 0: high word of next * n, drawn again where that would favour
  /// some values.
  /// Source: Lemire 2019, "Fast Random Integer Generation in an Interval", Algorithm 5.
  std::uint64_t below(std::uint64_t n);
  /// Uniform integer in [low, high], both included; low <= high.
  std::int64_t between(std::int64_t low, std::int64_t high);
  /// Standard normal by Box-Muller, cosine branch: two uniforms a draw, none kept.
  double normal();

  /// The whole state, for checkpoints.
  std::uint64_t state() const { return state_; }
  void set_state(std::uint64_t state) { state_ = state; }

 private:
  std::uint64_t state_;
};

}  // namespace gradus
