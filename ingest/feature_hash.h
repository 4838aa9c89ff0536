#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.h"

namespace gradus {

/// The hash of a feature's name below the hash of its namespace (0: none), before the mask to
/// 2^bits: murmur3, but a name of only digits is its number plus the seed, so x[7] and a feature
/// named "7" are the same.
/// Source: Vowpal Wabbit's `--hash strings`.
inline std::uint32_t feature_hash(std::string_view name, std::uint32_t seed = 0) {
  std::uint32_t number = 0;
  for (const char c : name) {
    if (c < '0' || c > '9') return murmur3_32(name, seed);
    number = 10 * number + static_cast<std::uint32_t>(c - '0');
  }
  return number + seed;
}

}  // namespace gradus
