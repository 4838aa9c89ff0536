#pragma once

#include <cstddef>
#include <deque>
#include <optional>

namespace gradus {

/// How densely a curve has been probed lately, in probes a doubling of the examples: over the last
/// doubling, or over the last 64 probes where they are denser than that.
/// Threads: owned by the probe thread. Cost: O(1) amortised.
class ProbeDensity {
 public:
  /// Takes the next probe; u = log2 of its step does not fall.
  void add(double u);
  /// Empty before the second probe. Where the last doubling holds one probe only, what the gap
  /// before it makes.
  std::optional<double> per_doubling() const;

 private:
  static constexpr std::size_t kMost = 65;
  std::deque<double> recent_;
};

}  // namespace gradus
