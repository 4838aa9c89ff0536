#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace gradus {

/// Items won and lost between two snapshots that were asked the same items.
struct ItemFlips {
  std::uint32_t gained = 0;
  std::uint32_t lost = 0;
};

/// Compares one bit an item, item 0 in the lowest bit; words that only one side has are ignored.
ItemFlips compare_items(std::span<const std::uint64_t> before, std::span<const std::uint64_t> now);

/// Numbers of the items that were right before and are wrong now, in order.
std::vector<std::uint32_t> lost_items(std::span<const std::uint64_t> before,
                                      std::span<const std::uint64_t> now);

/// ln of the evidence that an item that changed is more likely lost than gained: McNemar's
/// comparison with a uniform mixture over loss probabilities in (1/2, 1). Exact for two snapshots
/// chosen beforehand; never to be multiplied over successive probes. Cost: O(lost).
double log_loss_evidence(const ItemFlips& flips);

/// How many items were lost lately: whether a curve is near enough to "once learned stays learned".
/// Threads: owned by the probe thread. Cost: O(items) a probe; allocates at the first only.
class LostLately {
 public:
  /// Takes the items' bits at u = log2 of the step; the number of items stays the same.
  void add(double u, std::span<const std::uint64_t> bits, std::uint32_t items);
  /// Share of items with any change from right to wrong in the last doubling; 0 without items.
  double share() const;

 private:
  double u_ = -std::numeric_limits<double>::infinity();
  std::vector<std::uint64_t> bits_;
  std::vector<double> lost_at_;  // u of the last loss of each item
};

}  // namespace gradus
