#include "progress/unchanged_model.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/hash.h"

namespace gradus {
namespace {

template <typename T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::uint64_t digest_of(const Score& score) {
  std::uint64_t digest = fnv1a_64(bytes_of(score.sums), score.item_digest);
  for (const std::uint64_t word : score.exact_bits) digest = fnv1a_64(bytes_of(word), digest);
  for (const FacetScore& facet : score.facets) digest = fnv1a_64(bytes_of(facet.sums), digest);
  return digest;
}

bool tells(const Score& score) {
  return !score.exact_bits.empty() && std::isfinite(score.sums.q) &&
         std::isfinite(score.sums.q_squared) && std::isfinite(score.sums.log_loss);
}

}  // namespace

void UnchangedModel::add(std::span<const Score> scores) {
  if (since_ == 0 && !scores.empty()) since_ = scores.front().step;
  bool same = false, changed = false;
  for (const Score& score : scores) {
    if (score.task >= tasks_.size() || score.step <= tasks_[score.task].step) continue;
    Seen& seen = tasks_[score.task];
    const std::uint64_t digest = digest_of(score);
    // A score from before `since_` may differ: the model did change until then.
    const bool comparable = seen.step > 0 && seen.step >= since_;
    if (!tells(score) || (comparable && digest != seen.digest)) changed = true;
    if (comparable && digest == seen.digest) same = seen.confirmed = true;
    seen.digest = digest;
    seen.step = score.step;
  }
  if (changed) {
    unchanged_ = 0;
    for (const Score& score : scores) since_ = std::max(since_, score.step);
    for (Seen& seen : tasks_) seen.confirmed = false;
  } else if (same) {
    ++unchanged_;
  }
}

std::optional<Step> UnchangedModel::since() const {
  const bool all = std::all_of(tasks_.begin(), tasks_.end(),
                               [](const Seen& seen) { return seen.step == 0 || seen.confirmed; });
  return unchanged_ >= kSnapshots && all ? std::optional(since_) : std::nullopt;
}

}  // namespace gradus
