#pragma once

#include <cstdint>
#include <string_view>

namespace gradus {

/// MurmurHash3 x86, 32 bits: the hash of features.
/// Source: Appleby 2011, MurmurHash3_x86_32. Cost: O(bytes).
std::uint32_t murmur3_32(std::string_view bytes, std::uint32_t seed);

/// FNV-1a 64 (start 1469598103934665603) followed by a two-multiply finish (multiplier
/// 0xD6E8FEB86659FD93): the hash that decides what is held out.
/// Its values are part of the ladder format and never change.
std::uint64_t holdout_hash(std::string_view canonical);

/// FNV-1a 64 with the standard offset basis: fingerprints of configurations and item sets.
std::uint64_t fnv1a_64(std::string_view bytes, std::uint64_t start = 14695981039346656037ull);

/// CRC-32 (IEEE 802.3, as in zlib) of `bytes`, going on from `crc`; start with 0.
std::uint32_t crc32(std::string_view bytes, std::uint32_t crc = 0);

}  // namespace gradus
