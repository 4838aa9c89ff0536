#include "progress/item_evidence.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gradus {
namespace {

/// Calls `found(item)` for each item right in `first` and wrong in `second`.
template <typename Found>
void each_only_in_first(std::span<const std::uint64_t> first, std::span<const std::uint64_t> second,
                        Found found) {
  const std::size_t words = std::min(first.size(), second.size());
  for (std::size_t word = 0; word < words; ++word)
    for (std::uint64_t left = first[word] & ~second[word]; left != 0; left &= left - 1)
      found(static_cast<std::uint32_t>(word * 64 + std::countr_zero(left)));
}

}  // namespace

ItemFlips compare_items(std::span<const std::uint64_t> before, std::span<const std::uint64_t> now) {
  ItemFlips flips;
  each_only_in_first(now, before, [&](std::uint32_t) { ++flips.gained; });
  each_only_in_first(before, now, [&](std::uint32_t) { ++flips.lost; });
  return flips;
}

std::vector<std::uint32_t> lost_items(std::span<const std::uint64_t> before,
                                      std::span<const std::uint64_t> now) {
  std::vector<std::uint32_t> lost;
  each_only_in_first(before, now, [&](std::uint32_t item) { lost.push_back(item); });
  return lost;
}

double log_loss_evidence(const ItemFlips& flips) {
  // (b+c+1) ln 2 + ln B(c+1, b+1) + ln I_{1/2}(b+1, c+1) with the tail of the binomial written
  // out: E = 1/(b+1) * (1 + c/(b+2) + c(c-1)/((b+2)(b+3)) + ...).
  constexpr double kLarge = 1e280;
  const double gained = flips.gained, lost = flips.lost;
  double term = 1, sum = 1, log_scale = 0;
  for (double i = 1; i <= lost; ++i) {
    term *= (lost - i + 1) / (gained + 1 + i);
    sum += term;
    if (sum > kLarge) {
      sum /= kLarge;
      term /= kLarge;
      log_scale += std::log(kLarge);
    }
  }
  return log_scale + std::log(sum) - std::log(gained + 1);
}

void LostLately::add(double u, std::span<const std::uint64_t> bits, std::uint32_t items) {
  if (lost_at_.empty()) {
    lost_at_.assign(items, -std::numeric_limits<double>::infinity());
    bits_.assign(bits.begin(), bits.end());
  }
  u_ = u;
  each_only_in_first(bits_, bits, [&](std::uint32_t item) {
    if (item < lost_at_.size()) lost_at_[item] = u;
  });
  std::copy_n(bits.begin(), std::min(bits.size(), bits_.size()), bits_.begin());
}

double LostLately::share() const {
  if (lost_at_.empty()) return 0;
  const auto lost =
      std::count_if(lost_at_.begin(), lost_at_.end(), [this](double at) { return u_ - at <= 1; });
  return static_cast<double>(lost) / static_cast<double>(lost_at_.size());
}

}  // namespace gradus
