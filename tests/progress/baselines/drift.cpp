#include "tests/progress/baselines/drift.h"

#include <algorithm>
#include <cmath>

namespace gradus::test {
namespace {

constexpr std::uint64_t kFirstLook = 30;  // values before a rule may alarm

}  // namespace

bool PageHinkley::add(double, double score) {
  constexpr double kKept = 0.9999;
  ++count_;
  mean_ += (score - mean_) / static_cast<double>(count_);
  sum_ = kKept * sum_ + (score - mean_ + delta_);
  highest_ = count_ == 1 ? sum_ : std::max(highest_, sum_);
  if (count_ < kFirstLook || highest_ - sum_ <= threshold_) return false;
  *this = PageHinkley(delta_, threshold_);
  return true;
}

bool Ddm::add(double, double score) {
  ++count_;
  error_ += (1 - score - error_) / static_cast<double>(count_);
  const double deviation =
      std::sqrt(std::max(0.0, error_ * (1 - error_)) / static_cast<double>(count_));
  if (count_ < kFirstLook) return false;
  if (count_ == kFirstLook || error_ + deviation <= lowest_) {
    lowest_ = error_ + deviation;
    lowest_error_ = error_;
    lowest_deviation_ = deviation;
  }
  if (error_ + deviation <= lowest_error_ + 3 * lowest_deviation_) return false;
  *this = Ddm();
  return true;
}

Adwin::Bucket Adwin::merged(const Bucket& a, const Bucket& b) {
  const auto n = static_cast<double>(a.count), m = static_cast<double>(b.count);
  const double apart = b.mean - a.mean;
  return {a.count + b.count, a.mean + apart * m / (n + m),
          a.squares + b.squares + apart * apart * n * m / (n + m)};
}

std::uint64_t Adwin::width() const {
  std::uint64_t width = 0;
  for (const Bucket& each : buckets_) width += each.count;
  return width;
}

bool Adwin::add(double, double score) {
  constexpr std::uint64_t kLookEvery = 32, kShortest = 10;
  buckets_.push_back({1, score, 0});
  compress();
  if (++seen_ % kLookEvery != 0) return false;
  bool fell = false;
  while (width() > kShortest) {
    const Cut cut = find_cut();
    if (cut == Cut::kNone) break;
    fell = fell || cut == Cut::kFall;
    buckets_.erase(buckets_.begin());
  }
  return fell;
}

void Adwin::compress() {
  constexpr std::size_t kMostOfASize = 5;
  // From the newest on: sizes grow by doubling towards the oldest.
  std::size_t end = buckets_.size();
  while (end > 0) {
    std::size_t begin = end;
    while (begin > 0 && buckets_[begin - 1].count == buckets_[end - 1].count) --begin;
    if (end - begin <= kMostOfASize) return;
    buckets_[begin + 1] = merged(buckets_[begin], buckets_[begin + 1]);
    buckets_.erase(buckets_.begin() + static_cast<std::ptrdiff_t>(begin));
    end = begin + 1;
  }
}

Adwin::Cut Adwin::find_cut() const {
  constexpr std::uint64_t kShortestPart = 5;
  Bucket all;
  for (const Bucket& each : buckets_) all = all.count == 0 ? each : merged(all, each);
  const auto n = static_cast<double>(all.count);
  const double variance = all.squares / n;
  const double log_term = std::log(2 * std::log(n) / delta_);
  Bucket old;
  for (std::size_t i = 0; i + 1 < buckets_.size(); ++i) {
    old = old.count == 0 ? buckets_[i] : merged(old, buckets_[i]);
    const std::uint64_t rest = all.count - old.count;
    if (old.count < kShortestPart || rest < kShortestPart) continue;
    const double new_mean =
        (n * all.mean - static_cast<double>(old.count) * old.mean) / static_cast<double>(rest);
    const double m = 1 / static_cast<double>(old.count - kShortestPart + 1) +
                     1 / static_cast<double>(rest - kShortestPart + 1);
    const double allowed = std::sqrt(2 * m * variance * log_term) + 2.0 / 3 * m * log_term;
    if (std::abs(old.mean - new_mean) > allowed)
      return new_mean < old.mean ? Cut::kFall : Cut::kRise;
  }
  return Cut::kNone;
}

bool OnIncrements::add(double u, double score) {
  last_.push_back(score);
  if (last_.size() <= kLag) return false;
  const double increment = score - last_.front();
  last_.pop_front();
  return rule_->add(u, increment);
}

}  // namespace gradus::test
