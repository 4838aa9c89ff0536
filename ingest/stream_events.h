#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ingest/record.h"

namespace gradus {

/// What happened to the records of a stream that gave no example, counted as they come.
struct StreamEvents {
  /// By Reject. Tombstones are skipped ones, all others could not be decoded.
  std::array<std::uint64_t, kRejectCount> rejected{};
  std::uint64_t gaps = 0;        ///< jumps of the offset over records that are gone
  std::uint64_t duplicates = 0;  ///< delivered again and left out

  std::uint64_t& of(Reject reason) { return rejected[static_cast<std::size_t>(reason)]; }
  std::uint64_t of(Reject reason) const { return rejected[static_cast<std::size_t>(reason)]; }
  /// Records that could not be decoded.
  std::uint64_t undecodable() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : rejected) sum += count;
    return sum - of(Reject::kTombstone);
  }

  StreamEvents& operator+=(const StreamEvents& other) {
    for (std::size_t i = 0; i < rejected.size(); ++i) rejected[i] += other.rejected[i];
    gaps += other.gaps;
    duplicates += other.duplicates;
    return *this;
  }
  /// Precondition: no count of `earlier` is larger.
  StreamEvents& operator-=(const StreamEvents& earlier) {
    for (std::size_t i = 0; i < rejected.size(); ++i) rejected[i] -= earlier.rejected[i];
    gaps -= earlier.gaps;
    duplicates -= earlier.duplicates;
    return *this;
  }
  bool operator==(const StreamEvents&) const = default;
};

}  // namespace gradus
